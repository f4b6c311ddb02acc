package verify_test

import (
	"bytes"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// BenchmarkVerify reads and decides a stack of 1,000 services in 20 VPCs.
func BenchmarkVerify(b *testing.B) {
	document := opposition.Large(20, 1000).Export(1)
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(document)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := verify.Read(bytes.NewReader(document)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decide", func(b *testing.B) {
		stack, err := verify.Read(bytes.NewReader(document))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if n := len(stack.Verify().Services); n != 1000 {
				b.Fatalf("%d services, not 1000", n)
			}
		}
	})
}
