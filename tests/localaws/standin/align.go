package standin

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

// align prepares two values of a property for comparison: a nested computed
// property that one of them leaves to AWS is left out of the other.
func (t *resourceType) align(path string, a, b resource.PropertyValue) (resource.PropertyValue, resource.PropertyValue) {
	switch {
	case a.IsArray() && b.IsArray() && len(a.ArrayValue()) == len(b.ArrayValue()):
		as, bs := make([]resource.PropertyValue, len(a.ArrayValue())), make([]resource.PropertyValue, len(a.ArrayValue()))
		for i := range as {
			as[i], bs[i] = t.align(path+"[]", a.ArrayValue()[i], b.ArrayValue()[i])
		}
		return resource.NewProperty(as), resource.NewProperty(bs)
	case a.IsObject() && b.IsObject():
		as, bs := resource.PropertyMap{}, resource.PropertyMap{}
		for key, v := range a.ObjectValue() {
			at, other := path+"."+string(key), b.ObjectValue()[key]
			switch {
			case other.IsNull() && t.inputs[at].computed:
			case other.IsNull():
				as[key] = v
			default:
				as[key], bs[key] = t.align(at, v, other)
			}
		}
		for key, v := range b.ObjectValue() {
			if a.ObjectValue()[key].IsNull() && !t.inputs[path+"."+string(key)].computed {
				bs[key] = v
			}
		}
		return resource.NewProperty(as), resource.NewProperty(bs)
	}
	return a, b
}
