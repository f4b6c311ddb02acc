package cloud

import (
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
)

// refuse returns the error that AWS answers with code.
func refuse(code, format string, args ...any) error {
	return &smithy.GenericAPIError{Code: code, Message: fmt.Sprintf(format, args...), Fault: smithy.FaultClient}
}

// notLocally says that AWS does something which the emulator cannot do: an
// error is better than pretending.
func notLocally(what string) error {
	return refuse("NotImplementedLocally", "the local AWS has no %s", what)
}

// Code returns AWS's error code of err, or "".
func Code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// HasCode reports whether err is an AWS error with one of codes.
func HasCode(err error, codes ...string) bool {
	return err != nil && slices.Contains(codes, Code(err))
}

// Unsuccessful returns the error of one item of a request about several.
func Unsuccessful(e *types.UnsuccessfulItemError) error {
	if e == nil {
		return nil
	}
	return refuse(aws.ToString(e.Code), "%s", aws.ToString(e.Message))
}
