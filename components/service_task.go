package components

import (
	"errors"
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// What the service itself makes or looks up for its task, beside the arguments
// whose paths name the other values that arrive later.
const (
	arrivesLogGroup    = "logGroup"
	arrivesLogGroupArn = "logGroupArn"
	arrivesRegion      = "logRegion"
)

// readTask describes the task by its parts, each with what is known of it now
// and the path of the argument that brings the rest. Everything else reads this
// one description: faults, findings, policies and the container's JSON.
func (s *serviceSpec) readTask(ctx *pulumi.Context) error {
	read := reading{ctx: ctx}
	container := taskplan.Container{
		Name:  s.containerName,
		Image: taskplan.Image{Text: argument(&read, "image", s.Image)},
		Port:  s.ContainerPort, Protocol: s.portProtocol(),
		Log: taskplan.Log{
			Driver: fact.Known("awslogs"), StreamPrefix: s.containerName,
			Group:    fact.Text{At: arrivesLogGroup},
			GroupArn: fact.Text{At: arrivesLogGroupArn},
			Region:   fact.Text{At: arrivesRegion},
		},
	}
	for _, name := range sortedKeys(s.Secrets) {
		container.Secrets = append(container.Secrets, taskplan.Secret{Name: name, Arn: argument(&read, field.Key("secrets", name), s.Secrets[name])})
	}
	s.task = taskplan.Task{
		Container: container,
		Exec: taskplan.Exec{
			At: "enableExecuteCommand", On: fact.Known(or(s.EnableExecuteCommand, false)),
			Recorded: fact.Known(s.ExecuteCommandLogGroupArn != nil),
			GroupArn: argument(&read, "executeCommandLogGroupArn", s.ExecuteCommandLogGroupArn),
		},
		Launch:  taskplan.Launch{At: "launchType", Type: fact.Known(taskplan.LaunchTypeFargate)},
		Connect: taskplan.Connect{At: "serviceConnect", On: fact.Known(false)},
	}
	keys, err := seeNow[[]string](ctx, s.KmsKeyArns)
	s.task.Keys = keysOf(keys.value, keys.secret)
	if hosts := s.kind.hosts; hosts != nil {
		s.task.Launch.Type = fact.Known(taskplan.LaunchTypeEc2)
		hosts.setContainer(&s.task.Container)
	}
	return errors.Join(append(read.errs, err)...)
}

// argument is a text as an argument gives it: known now where it was written as
// it is, or where waiting for it holds nobody back.
func argument(r *reading, at string, in pulumi.Input) fact.Text {
	if text, ok := in.(pulumi.String); ok {
		return fact.Text{At: at, Of: fact.Known(string(text))}
	}
	text, err := seeText(r.ctx, in)
	return fact.Text{At: at, Of: noted(r, text, err)}
}

// factOf is a value that is known, and secret where it is marked so.
func factOf[T any](value T, secret bool) fact.Of[T] {
	if secret {
		return fact.Secret(value)
	}
	return fact.Known(value)
}

func keysOf(arns []string, secret bool) (keys []taskplan.Key) {
	for i, arn := range arns {
		keys = append(keys, taskplan.Key{Text: fact.Text{At: field.Index("kmsKeyArns", i), Of: factOf(arn, secret)}})
	}
	return keys
}

// arriving are the arguments of the container that may arrive later, by their
// paths.
func (s *serviceSpec) arriving() pulumi.StringMap {
	in := pulumi.StringMap{"image": s.Image}
	for name, arn := range s.Secrets {
		in[field.Key("secrets", name)] = arn
	}
	return in
}

// fill is a task with values that have arrived.
func fill(t taskplan.Task, in pulumi.StringMap, values map[string]string) taskplan.Task {
	facts := make(map[string]fact.Of[string], len(values))
	for at, value := range values {
		facts[at] = factOf(value, isSecret(in[at]))
	}
	return t.Fill(facts)
}

// executionPolicy is what the execution role may do.
func (s *service) executionPolicy() pulumi.StringOutput {
	in := s.spec.arriving()
	in[arrivesLogGroupArn] = s.logGroup.Arn
	return pulumi.All(s.at.partition, in, orNone(s.spec.KmsKeyArns)).ApplyT(func(v []any) (string, error) {
		task := fill(s.spec.task, in, v[1].(map[string]string))
		task.Keys = keysOf(v[2].([]string), isSecret(s.spec.KmsKeyArns))
		return task.Policy(need.Execution, taskplan.Place{Partition: v[0].(string)})
	}).(pulumi.StringOutput)
}

// taskPolicy is what the task role may do; nil for nothing.
func (s *service) taskPolicy() pulumi.StringInput {
	if !or(s.spec.EnableExecuteCommand, false) {
		return nil
	}
	in := pulumi.StringMap{}
	if arn := s.spec.ExecuteCommandLogGroupArn; arn != nil {
		in[s.spec.task.Exec.GroupArn.At] = orEmpty(arn)
	}
	return in.ToStringMapOutput().ApplyT(func(values map[string]string) (string, error) {
		return fill(s.spec.task, in, values).Policy(need.Task, taskplan.Place{})
	}).(pulumi.StringOutput)
}

// containerDefinitions is the container as ECS is told of it. Where the checks
// had to wait for values, they run here, before there is a task.
func (s *service) containerDefinitions(ctx *pulumi.Context) pulumi.StringOutput {
	in := s.spec.arriving()
	maps.Copy(in, pulumi.StringMap{arrivesLogGroup: s.logGroup.Name, arrivesRegion: s.at.region})
	var command pulumi.StringArrayInput = pulumi.StringArray{}
	if s.spec.Command != nil {
		command = s.spec.Command
	}
	return pulumi.All(in, command, pulumi.StringMap(s.spec.Environment)).ApplyT(func(v []any) (string, error) {
		values := v[0].(map[string]string)
		task := fill(s.spec.task, in, values)
		task.Command, task.Environment = v[1].([]string), v[2].(map[string]string)
		if err := task.Check().Err(); err != nil {
			return "", err
		}
		if err := s.preflightOf(ctx, task, values[arrivesRegion]); err != nil {
			return "", err
		}
		return task.ContainerDefinitions()
	}).(pulumi.StringOutput)
}
