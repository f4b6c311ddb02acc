package standin

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
)

// providerSource is where the official provider's source is. The rows' check
// functions refuse what its schemas refuse in a preview, no more and no less;
// what they let through, AWS may still refuse.
const providerSource = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/"

// checkFunc is what the schema's ValidateFunc takes: warnings and faults of a value.
type checkFunc = func(value any, path string) ([]string, []error)

// oneOf allows the values of one of AWS's enumerations.
func oneOf[T ~string](values ...T) checkFunc {
	return validation.StringInSlice(texts(values), false)
}

// oneOfAnyCase allows the values in upper and lower case.
func oneOfAnyCase[T ~string](values ...T) checkFunc {
	return validation.StringInSlice(texts(values), true)
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// matching allows text that matches the pattern; rule says so in words.
func matching(pattern, rule string) checkFunc {
	return validation.StringMatch(regexp.MustCompile(pattern), rule)
}

// notMatching allows text that does not match the pattern.
func notMatching(pattern, rule string) checkFunc {
	return validation.StringDoesNotMatch(regexp.MustCompile(pattern), rule)
}

// text makes a check of a function that says what is wrong with a text.
func text(fault func(v string) error) checkFunc {
	return func(v any, key string) ([]string, []error) {
		if err := fault(v.(string)); err != nil {
			return nil, []error{fmt.Errorf("%q (%s): %w", key, v, err)}
		}
		return nil, nil
	}
}

var (
	arnPartition = regexp.MustCompile(`^aws(-[a-z]+)*$`)
	arnRegion    = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-\d$`)
	arnAccount   = regexp.MustCompile(`^(aws|aws-managed|third-party|\d{12}|cw.{10})$`)
)

// validARN allows ARNs, and no text at all.
var validARN = text(func(v string) error {
	if v == "" {
		return nil
	}
	a, err := arn.Parse(v)
	switch {
	case err != nil:
		return fmt.Errorf("is an invalid ARN: %w", err)
	case !arnPartition.MatchString(a.Partition):
		return fmt.Errorf("is an invalid ARN: %q is no partition", a.Partition)
	case a.Region != "" && !arnRegion.MatchString(a.Region):
		return fmt.Errorf("is an invalid ARN: %q is no region", a.Region)
	case a.AccountID != "" && !arnAccount.MatchString(a.AccountID):
		return fmt.Errorf("is an invalid ARN: %q is no account", a.AccountID)
	case a.Resource == "":
		return fmt.Errorf("is an invalid ARN: it names no resource")
	}
	return nil
})

// validNetwork allows IPv4 or IPv6 blocks that begin at their first address.
func validNetwork(family checkFunc) checkFunc {
	return validation.All(family, validation.IsCIDRNetwork(0, 128))
}

var (
	validIPv4Network = validNetwork(matching(`^[0-9.]+/[0-9]+$`, "must be an IPv4 CIDR block"))
	validIPv6Network = validNetwork(matching(`:.*/[0-9]+$`, "must be an IPv6 CIDR block"))
)

// optionalBool allows "true", "false" and nothing.
var optionalBool = text(func(v string) error {
	if v == "" {
		return nil
	}
	_, err := strconv.ParseBool(v)
	return err
})

// optionalCount allows a whole number from 0 on, and nothing.
var optionalCount = text(func(v string) error {
	if v == "" {
		return nil
	}
	if n, err := strconv.ParseInt(v, 10, 64); err != nil || n < 0 {
		return fmt.Errorf("must be a whole number of at least 0")
	}
	return nil
})

var validDuration = text(func(v string) error {
	d, err := time.ParseDuration(v)
	if err == nil && d < 0 {
		err = fmt.Errorf("must be greater than zero")
	}
	return err
})

// validPolicy allows a JSON object of at most so many bytes, written compactly.
func validPolicy(limit int) checkFunc {
	return text(func(v string) error {
		var document map[string]any
		if err := json.Unmarshal([]byte(v), &document); err != nil {
			return fmt.Errorf("contains an invalid JSON policy: %w", err)
		}
		compact, err := json.Marshal(document)
		if err == nil && len(compact) > limit {
			err = fmt.Errorf("cannot exceed quota for PolicySize: %d (actual: %d)", limit, len(compact))
		}
		return err
	})
}

// validHealthCheckPort allows a port and what stands for each target's own.
var validHealthCheckPort = text(func(v string) error {
	if n, err := strconv.Atoi(v); v != "traffic-port" && (err != nil || n < 1 || n > 65536) {
		return fmt.Errorf(`must be a valid port number (1-65536) or "traffic-port"`)
	}
	return nil
})

var validContainers = text(func(v string) error {
	_, err := parseContainers(v)
	return err
})

// iamName is a name in IAM.
func iamName(limit int) checkFunc {
	return validation.All(validation.StringLenBetween(1, limit), matching(`^[\w+=,.@-]*$`, `must match [\w+=,.@-]`))
}

// roleName is the name of a role, and not its ARN.
var roleName = validation.All(validation.StringLenBetween(1, 128), text(func(v string) error {
	if strings.HasPrefix(v, "arn:") {
		return fmt.Errorf("must be the role's name not its ARN")
	}
	return nil
}))

// ecsName is the name of a cluster or a task definition's family.
var ecsName = validation.All(validation.StringLenBetween(1, 255), matching("^[0-9A-Za-z_-]+$", "must consist of alphanumerics, hyphens, and underscores"))

// elbName is the name of a target group, and with more rules of a balancer.
var elbName = validation.All(
	validation.StringLenBetween(0, 32), matching(`^[0-9A-Za-z-]*$`, "only alphanumeric characters and hyphens allowed"),
	notMatching(`^-`, "cannot begin with a hyphen"), notMatching(`-$`, "cannot end with a hyphen"),
)

// groupName is the name of a security group, or the prefix of one.
func groupName(limit int) checkFunc {
	return validation.All(validation.StringLenBetween(0, limit), notMatching(`^sg-`, "cannot begin with sg-"))
}

// templateName is the name of a launch template.
var templateName = validation.All(validation.StringLenBetween(3, 125), matching(`^[0-9A-Za-z()./_\-]+$`, "can only be alphanumeric characters and ()./_- symbols"))

// uniqueSuffix is how many characters the provider adds to a prefix.
const uniqueSuffix = 26

// refreshTriggerNames are the attributes of an Auto Scaling group, under their
// Terraform names, that a refresh of its instances may be made to follow.
var refreshTriggerNames = strings.Fields(`
	availability_zones capacity_rebalance context default_cooldown default_instance_warmup desired_capacity desired_capacity_type
	enabled_metrics force_delete force_delete_warm_pool health_check_grace_period health_check_type ignore_failed_scaling_activities
	initial_lifecycle_hook instance_maintenance_policy instance_refresh launch_configuration launch_template load_balancers
	max_instance_lifetime max_size metrics_granularity min_elb_capacity min_size mixed_instances_policy name name_prefix
	placement_group protect_from_scale_in service_linked_role_arn suspended_processes tag target_group_arns termination_policies
	traffic_source vpc_zone_identifier wait_for_capacity_timeout wait_for_elb_capacity warm_pool`)
