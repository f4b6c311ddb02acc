package provider

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// decode fills a function's arguments with values that were checked against
// the schema. What is not there, or null, leaves its field as it is.
//
// The sdk's mapper would do, but that it makes an empty list none at all: for
// endpointServices the one says that there are no endpoints and the other that
// nobody knows.
func decode(v resource.PropertyValue, to reflect.Value) {
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		decode(v, to.Elem())
	case reflect.Struct:
		for i := range to.NumField() {
			tag, tagged := to.Type().Field(i).Tag.Lookup("pulumi")
			name, _, _ := strings.Cut(tag, ",")
			if value, ok := v.ObjectValue()[resource.PropertyKey(name)]; tagged && ok && !value.IsNull() {
				decode(value, to.Field(i))
			}
		}
	case reflect.Slice:
		list := v.ArrayValue()
		to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
		for i, element := range list {
			decode(element, to.Index(i))
		}
	case reflect.Map:
		to.Set(reflect.MakeMap(to.Type()))
		for key, element := range v.ObjectValue() {
			value := reflect.New(to.Type().Elem()).Elem()
			decode(element, value)
			to.SetMapIndex(reflect.ValueOf(string(key)).Convert(to.Type().Key()), value)
		}
	case reflect.String:
		to.SetString(v.StringValue())
	case reflect.Bool:
		to.SetBool(v.BoolValue())
	case reflect.Int, reflect.Int32, reflect.Int64:
		to.SetInt(int64(v.NumberValue()))
	case reflect.Float64:
		to.SetFloat(v.NumberValue())
	default: // the schema's generator refuses every other kind
		panic(fmt.Sprintf("an argument is a %v", to.Type()))
	}
}
