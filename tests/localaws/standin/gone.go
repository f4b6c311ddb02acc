package standin

import "github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"

// gone turns the codes that say "no such thing" into success: of a deletion.
func gone(err error, codes ...string) error {
	if cloud.HasCode(err, codes...) {
		return nil
	}
	return err
}

// notFound turns the codes that say "no such thing" into errNotFound: of a read.
func notFound(err error, codes ...string) error {
	if cloud.HasCode(err, codes...) {
		return errNotFound
	}
	return err
}
