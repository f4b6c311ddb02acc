package provider

import (
	"sync"

	ecsnet "github.com/ecsnet/pulumi-ecsnet"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

func schemaDocument() []byte { return ecsnet.Schema }

// parsedSchema reads the embedded schema when the first component is built, so
// that the plugin starts without it.
var parsedSchema = sync.OnceValues(func() (*schema.Package, error) { return schema.Parse(ecsnet.Schema) })
