// Package sample has one field of every shape that a component can have.
package sample

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Colour is an enum.
type Colour string

const (
	// The colour of grass.
	ColourGreen Colour = "Green"
	ColourRed   Colour = "Red" // The colour of roses.
	// Nobody likes it.
	//
	// Deprecated: use Red.
	ColourPink Colour = "Pink"
)

// PartArgs is a nested object. See [Whole] for its use.
type PartArgs struct {
	// Its size.
	Size int `pulumi:"size"`
	// Its maker. Default: none.
	Maker pulumi.StringPtrInput `pulumi:"maker,optional"`
	// Parts of the part. Default: none.
	Parts []PartArgs `pulumi:"parts,optional"`
}

// WholeArgs are the arguments of Whole.
type WholeArgs struct {
	// Plain text.
	Text string `pulumi:"text"`
	// A number. Default: 1.
	Number *int `pulumi:"number,optional"`
	// A share. Default: 0.5.
	Share *float64 `pulumi:"share,optional"`
	// A switch. Default: false.
	Switch *bool `pulumi:"switch,optional"`
	// A colour. Default: "Red".
	Colour *Colour `pulumi:"colour,optional"`
	// Text that may come later.
	Later pulumi.StringInput `pulumi:"later"`
	// A list that may come later. Default: none.
	LaterList pulumi.StringArrayInput `pulumi:"laterList,optional"`
	// A map that may come later. Default: none.
	LaterMap pulumi.StringMapInput `pulumi:"laterMap,optional"`
	// A list of plain texts. Default: none.
	List []string `pulumi:"list,optional"`
	// A map whose values may come later. Default: none.
	Map map[string]pulumi.StringInput `pulumi:"map,optional"`
	// Objects by name. Default: none.
	PartMap map[string]PartArgs `pulumi:"partMap,optional"`
	// A list of objects. Default: none.
	PartList []PartArgs `pulumi:"partList,optional"`
	// One object. Default: none.
	Part *PartArgs `pulumi:"part,optional"`
	// Anything at all. Default: none.
	Anything pulumi.Input `pulumi:"anything,optional"`
	// Another component.
	Thing ThingInput `pulumi:"thing"`
	// An old name of text. Default: none.
	//
	// Deprecated: use text.
	OldText *string `pulumi:"oldText,optional"`

	internal string //nolint:unused // shows that untagged fields are left out
}

// Whole is a component.
//
// Deprecated: use Half, which is
// smaller.
type Whole struct {
	pulumi.ResourceState

	// Text.
	Text pulumi.StringOutput `pulumi:"text"`
	// Text that may be missing.
	Maybe pulumi.StringPtrOutput `pulumi:"maybe"`
	// A map of texts.
	Map pulumi.StringMapOutput `pulumi:"map"`
}

// ElementType makes Whole a Thing, though none that Whole itself takes.
func (*Whole) ElementType() reflect.Type { return reflect.TypeFor[*Half]() }

// ToThingOutput makes Whole a Thing.
func (*Whole) ToThingOutput() ThingOutput { return ThingOutput{} }

// HalfArgs are the arguments of Half.
type HalfArgs struct{}

// Half is another component.
type Half struct{ pulumi.ResourceState }

// ElementType makes Half a Thing.
func (*Half) ElementType() reflect.Type { return reflect.TypeFor[*Half]() }

// ToThingOutput makes Half a Thing.
func (*Half) ToThingOutput() ThingOutput { return ThingOutput{} }

// ThirdArgs are the arguments of Third.
type ThirdArgs struct{}

// Third is one more component.
type Third struct{ pulumi.ResourceState }

// ElementType makes Third a Thing.
func (*Third) ElementType() reflect.Type { return reflect.TypeFor[*Half]() }

// ToThingOutput makes Third a Thing.
func (*Third) ToThingOutput() ThingOutput { return ThingOutput{} }

// OtherArgs are the arguments of Other.
type OtherArgs struct{}

// Other is a component that is no Thing.
type Other struct{ pulumi.ResourceState }

// ThingInput is what Whole takes as its thing.
type ThingInput interface {
	pulumi.Input
	ToThingOutput() ThingOutput
}

// ThingOutput is a Thing that comes later.
type ThingOutput struct{ *pulumi.OutputState }

// ElementType of the output.
func (ThingOutput) ElementType() reflect.Type { return reflect.TypeFor[*Half]() }

// SideArgs is one side.
type SideArgs struct {
	// Its length.
	Length int `pulumi:"length"`
}

// MeasureArgs are the arguments of Measure.
type MeasureArgs struct {
	// Its sides.
	Sides []SideArgs `pulumi:"sides"`
	// Its colour. Default: none.
	Colour *Colour `pulumi:"colour,optional"`
}

// MeasureResult is what was measured.
type MeasureResult struct {
	// Its area.
	Area float64 `pulumi:"area"`
	// Its colour, if it has one.
	Colour *Colour `pulumi:"colour,optional"`
}

// Measure says how large a thing is.
//
// Deprecated: measure yourself.
func Measure(*MeasureArgs) (*MeasureResult, error) { return &MeasureResult{}, nil }
