package standin

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

const tParameter = "aws:ssm/getParameter:getParameter"

func TestParametersOfImages(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	get := func(name string) (resource.PropertyMap, error) {
		out, err := p.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: tParameter, Args: wire(t, props{"name": name})})
		if err != nil {
			return nil, err
		}
		require.Empty(t, out.GetFailures())
		return plugin.UnmarshalProperties(out.GetReturn(), plugin.MarshalOptions{KeepSecrets: true})
	}
	for _, name := range []string{
		"/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
		"/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
	} {
		found, err := get(name)
		require.NoError(t, err, name)
		require.Regexp(t, "^ami-[0-9a-f]{17}$", found["insecureValue"].StringValue())
		require.True(t, found["value"].IsSecret(), "the value of any parameter is a secret")
		require.Equal(t, found["insecureValue"], found["value"].SecretValue().Element)
		require.Equal(t, "String", found["type"].StringValue())
	}
	_, err := get("/aws/service/ecs/optimized-ami/none/recommended/image_id")
	require.ErrorContains(t, err, "ParameterNotFound")
}
