// Package taskplan turns the settings of an ECS task into what AWS takes:
// container definitions and least-privilege policy documents. And it refuses,
// by name, the settings that AWS would refuse minutes later or, worse, accept
// and never start: CPU and memory outside Fargate's table, an image reference
// that does not parse, deployment percentages that allow no deployment.
//
// It is pure: no Pulumi, no AWS calls, no clock and no order taken from a map,
// so the same task is always the same text and an update that changes nothing
// shows no difference.
package taskplan
