package build

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// TestSettleZones holds that a zone's name and its ID are never taken for two
// zones.
func TestSettleZones(t *testing.T) {
	t.Parallel()
	type zone struct{ name, id string }
	tests := map[string]struct {
		have []zone
		want []string
	}{
		"names":                          {[]zone{{"us-east-1a", "use1-az1"}, {"us-east-1b", "use1-az2"}}, []string{"us-east-1a", "us-east-1b"}},
		"an ID that another one names":   {[]zone{{"us-east-1a", "use1-az1"}, {"", "use1-az1"}}, []string{"us-east-1a", "us-east-1a"}},
		"an ID that nobody names":        {[]zone{{"us-east-1a", "use1-az1"}, {"", "use1-az2"}}, []string{"us-east-1a", ""}},
		"IDs alone tell zones apart":     {[]zone{{"", "use1-az1"}, {"", "use1-az2"}}, []string{"use1-az1", "use1-az2"}},
		"nothing known":                  {[]zone{{"", ""}, {"us-east-1a", ""}}, []string{"", "us-east-1a"}},
		"an ID beside names without IDs": {[]zone{{"", "use1-az1"}, {"us-east-1a", ""}}, []string{"", "us-east-1a"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &builder{}
			for _, z := range tt.have {
				b.everySubnet = append(b.everySubnet, &subnet{Subnet: &model.Subnet{Zone: z.name}, zoneID: z.id})
			}
			b.settleZones()
			var got []string
			for _, s := range b.everySubnet {
				got = append(got, s.Zone)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}
