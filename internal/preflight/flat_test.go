package preflight

import (
	"maps"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// flat is a task as a list of facts.
type flat struct {
	LaunchType                                                    fact.Of[taskplan.LaunchType]
	NetworkMode, Image, LogDriver                                 fact.Of[string]
	Secrets                                                       map[string]fact.Of[string]
	EnableExecuteCommand, ExecuteCommandKmsKey, ExecuteCommandLog fact.Of[bool]
	OwnTaskRole, ServiceConnect, ServiceDiscovery                 fact.Of[bool]
	FileSystems                                                   map[string]FileSystem
	Cpu, MemoryMib, EphemeralStorageGib                           fact.Of[int]
	ContainerNames                                                []fact.Of[string]
	Ports                                                         []Port
	LoadBalancer                                                  *LoadBalancer
}

// task is the same in parts.
func (f flat) task() Task {
	t := Task{
		Task: taskplan.Task{
			Container: taskplan.Container{
				Image: taskplan.Image{Text: fact.Text{At: "image", Of: f.Image}},
				Log:   taskplan.Log{At: "logDriver", Driver: f.LogDriver},
			},
			Exec:    taskplan.Exec{At: execPath, On: f.EnableExecuteCommand, KmsKey: f.ExecuteCommandKmsKey, Recorded: f.ExecuteCommandLog},
			Launch:  taskplan.Launch{At: "launchType", Type: f.LaunchType},
			Connect: taskplan.Connect{At: "serviceConnect", On: f.ServiceConnect},
		},
		NetworkMode: f.NetworkMode, OwnTaskRole: f.OwnTaskRole, ServiceDiscovery: f.ServiceDiscovery, FileSystems: f.FileSystems,
		Cpu: f.Cpu, MemoryMib: f.MemoryMib, EphemeralStorageGib: f.EphemeralStorageGib,
		ContainerNames: f.ContainerNames, Ports: f.Ports, LoadBalancer: f.LoadBalancer,
	}
	for _, name := range slices.Sorted(maps.Keys(f.Secrets)) {
		t.Secrets = append(t.Secrets, taskplan.Secret{Name: name, Arn: fact.Text{At: field.Key("secrets", name), Of: f.Secrets[name]}})
	}
	return t
}
