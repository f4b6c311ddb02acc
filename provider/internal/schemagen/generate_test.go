package schemagen

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schemagen/testdata/sample"
)

func of[A, R any]() Component {
	return Component{Args: reflect.TypeFor[A](), Resource: reflect.TypeFor[R]()}
}

func generate(t *testing.T) *schema.Package {
	t.Helper()
	docs, err := ReadDocs("testdata/sample")
	if err != nil {
		t.Fatal(err)
	}
	pkg := &schema.Package{}
	if err := Generate(pkg, []Component{
		//lint:ignore SA1019 the sample has a deprecated component on purpose
		of[sample.WholeArgs, sample.Whole](),
		of[sample.HalfArgs, sample.Half](),
		of[sample.ThirdArgs, sample.Third](),
		of[sample.OtherArgs, sample.Other](),
	}, []Function{{
		Name: "Measure", Args: reflect.TypeFor[sample.MeasureArgs](), Result: reflect.TypeFor[sample.MeasureResult](),
	}}, docs); err != nil {
		t.Fatal(err)
	}
	return pkg
}

func TestInputTypes(t *testing.T) {
	t.Parallel()
	text := schema.TypeSpec{Type: "string"}
	plainText := schema.TypeSpec{Type: "string", Plain: true}
	part := schema.TypeSpec{Ref: "#/types/ecsnet:index:Part", Plain: true}
	want := map[string]schema.TypeSpec{
		"text":      plainText,
		"number":    {Type: "integer", Plain: true},
		"share":     {Type: "number", Plain: true},
		"switch":    {Type: "boolean", Plain: true},
		"colour":    {Ref: "#/types/ecsnet:index:Colour", Plain: true},
		"later":     text,
		"laterList": {Type: "array", Items: &text},
		"laterMap":  {Type: "object", AdditionalProperties: &text},
		"list":      {Type: "array", Items: &plainText, Plain: true},
		"map":       {Type: "object", AdditionalProperties: &text, Plain: true},
		"partMap":   {Type: "object", AdditionalProperties: &part, Plain: true},
		"partList":  {Type: "array", Items: &part, Plain: true},
		"part":      {Ref: "#/types/ecsnet:index:Part", Plain: true},
		"anything":  {Ref: "pulumi.json#/Any"},
		"thing": {OneOf: []schema.TypeSpec{
			{Ref: "#/resources/ecsnet:index:Half"},
			{Ref: "#/resources/ecsnet:index:Third"},
		}},
		"oldText": plainText,
	}
	got := map[string]schema.TypeSpec{}
	for name, p := range generate(t).Resources["ecsnet:index:Whole"].InputProperties {
		got[name] = p.TypeSpec
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("input types (-want +got)\n%s", diff)
	}
}

func TestComponent(t *testing.T) {
	t.Parallel()
	whole := generate(t).Resources["ecsnet:index:Whole"]
	whole.InputProperties = nil // TestInputTypes has them
	want := schema.Resource{
		Description:        "Whole is a component.",
		DeprecationMessage: "use Half, which is smaller.",
		IsComponent:        true,
		RequiredInputs:     []string{"later", "text", "thing"},
		Properties: map[string]schema.Property{
			"text":  {TypeSpec: schema.TypeSpec{Type: "string"}, Description: "Text."},
			"maybe": {TypeSpec: schema.TypeSpec{Type: "string"}, Description: "Text that may be missing."},
			"map": {
				TypeSpec:    schema.TypeSpec{Type: "object", AdditionalProperties: &schema.TypeSpec{Type: "string"}},
				Description: "A map of texts.",
			},
		},
		Required: []string{"map", "text"},
	}
	if diff := cmp.Diff(want, whole); diff != "" {
		t.Errorf("component (-want +got)\n%s", diff)
	}
}

func TestNestedTypes(t *testing.T) {
	t.Parallel()
	plainInt := schema.TypeSpec{Type: "integer", Plain: true}
	part := schema.TypeSpec{Ref: "#/types/ecsnet:index:Part", Plain: true}
	want := map[string]schema.Type{
		"ecsnet:index:Colour": {
			Type: "string", Description: "Colour is an enum.",
			Enum: []schema.EnumValue{
				{Name: "Green", Value: "Green", Description: "The colour of grass."},
				{Name: "Red", Value: "Red", Description: "The colour of roses."},
				{Name: "Pink", Value: "Pink", Description: "Nobody likes it.", DeprecationMessage: "use Red."},
			},
		},
		"ecsnet:index:Part": {
			Type: "object", Description: "PartArgs is a nested object. See Whole for its use.",
			Required: []string{"size"},
			Properties: map[string]schema.Property{
				"size":  {TypeSpec: plainInt, Description: "Its size."},
				"maker": {TypeSpec: schema.TypeSpec{Type: "string"}, Description: "Its maker. Default: none."},
				"parts": {
					TypeSpec:    schema.TypeSpec{Type: "array", Items: &part, Plain: true},
					Description: "Parts of the part. Default: none.",
				},
			},
		},
		// A function's objects are not plain: its arguments may come later.
		"ecsnet:index:Side": {
			Type: "object", Description: "SideArgs is one side.",
			Required: []string{"length"},
			Properties: map[string]schema.Property{
				"length": {TypeSpec: schema.TypeSpec{Type: "integer"}, Description: "Its length."},
			},
		},
	}
	if diff := cmp.Diff(want, generate(t).Types); diff != "" {
		t.Errorf("types (-want +got)\n%s", diff)
	}
}

func TestFunction(t *testing.T) {
	t.Parallel()
	colour := schema.TypeSpec{Ref: "#/types/ecsnet:index:Colour"}
	side := schema.TypeSpec{Ref: "#/types/ecsnet:index:Side"}
	want := map[string]schema.Function{"ecsnet:index:measure": {
		Description:        "Says how large a thing is.",
		DeprecationMessage: "measure yourself.",
		Inputs: schema.Object{
			Type: "object", Required: []string{"sides"},
			Properties: map[string]schema.Property{
				"sides":  {TypeSpec: schema.TypeSpec{Type: "array", Items: &side}, Description: "Its sides."},
				"colour": {TypeSpec: colour, Description: "Its colour. Default: none."},
			},
		},
		Outputs: schema.Object{
			Type: "object", Description: "MeasureResult is what was measured.", Required: []string{"area"},
			Properties: map[string]schema.Property{
				"area":   {TypeSpec: schema.TypeSpec{Type: "number"}, Description: "Its area."},
				"colour": {TypeSpec: colour, Description: "Its colour, if it has one."},
			},
		},
	}}
	if diff := cmp.Diff(want, generate(t).Functions); diff != "" {
		t.Errorf("functions (-want +got)\n%s", diff)
	}
}

func TestDeprecatedProperty(t *testing.T) {
	t.Parallel()
	got := generate(t).Resources["ecsnet:index:Whole"].InputProperties["oldText"]
	if got.Description != "An old name of text. Default: none." || got.DeprecationMessage != "use text." {
		t.Errorf("oldText is described as %q, deprecated as %q", got.Description, got.DeprecationMessage)
	}
}

// What Pulumi cannot carry must stop the generator, not be left out of the SDKs.
func TestProblems(t *testing.T) {
	t.Parallel()
	type embedded struct {
		Text string `pulumi:"text"`
	}
	type badArgs struct {
		embedded
		Channel chan int       `pulumi:"channel"`
		ByNum   map[int]string `pulumi:"byNum"`
		Option  string         `pulumi:"option,secret"`
		Loose   looseInput     `pulumi:"loose"`
		Part    PartArgs       `pulumi:"part"`
	}
	type sharedArgs struct {
		Part PartArgs `pulumi:"part"`
		Side Side     `pulumi:"side"`
	}
	err := Generate(&schema.Package{}, []Component{{
		Args: reflect.TypeFor[badArgs](), Resource: reflect.TypeFor[sample.Half](),
	}}, []Function{{
		Name: "Measure", Args: reflect.TypeFor[sharedArgs](), Result: reflect.TypeFor[sample.MeasureResult](),
	}, {
		Name: "Compare", Args: reflect.TypeFor[sample.MeasureArgs](), Result: reflect.TypeFor[sample.MeasureResult](),
	}}, Docs{
		"Half": {}, "badArgs": {}, "PartArgs": {}, "sharedArgs": {}, "Side": {}, "SideArgs": {},
		"MeasureArgs": {}, "MeasureResult": {}, "Colour": {},
	})
	if err == nil {
		t.Fatal("bad fields were accepted")
	}
	for _, want := range []string{
		"badArgs.Text comes from an embedded struct",
		"badArgs.Channel has type chan int",
		"badArgs.ByNum has a map with keys of type int",
		"badArgs.Option has a tag option other than optional: secret",
		"PartArgs would be ecsnet:index:Part, as PartArgs is already, in another form",
		"SideArgs would be ecsnet:index:Side, as Side is already, in another form",
		"badArgs.Loose has type schemagen.looseInput without a method TolooseOutput",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no problem says %q in:\n%v", want, err)
		}
	}
}

// PartArgs is what a component takes; a function cannot take the same.
type PartArgs struct {
	Size int `pulumi:"size"`
}

// Side would be called as a function's SideArgs is.
type Side struct {
	Length int `pulumi:"length"`
}

type looseInput interface {
	pulumi.Input
	loose()
}
