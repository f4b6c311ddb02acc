// Package ec2plan knows the EC2 hosts of an ECS cluster: which processor an
// instance type has, which image fits it, and how a host is told its cluster.
//
// It is a pure function of its input: no Pulumi and no AWS calls, so that a
// preview can refuse an instance type before it asks anybody.
package ec2plan
