package components

import (
	"os"
	"strings"
	"testing"
)

func TestAwsVersionIsThatOfTheModule(t *testing.T) {
	t.Parallel()
	module, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := "github.com/pulumi/pulumi-aws/sdk/v6 v" + awsVersion + "\n"; !strings.Contains(string(module), want) {
		t.Errorf("go.mod does not hold %q; write its version into awsVersion in ssm_parameter.go", want)
	}
}
