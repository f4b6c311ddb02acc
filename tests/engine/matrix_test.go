package engine

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// steps are what every example goes through in every language.
var steps = []string{"preview", "up", "again", "image", "count", "endpoint", "destroy"}

// examples are the examples and the languages they are written in.
var examples = map[string][]string{
	"isolated-service": {"go", "typescript", "python", "yaml"},
	"two-stacks":       {"typescript", "yaml"},
}

// table records which steps passed, to print it at the end: a cell that is
// missing is a step that nobody ran.
var table = struct {
	sync.Mutex
	cells map[string]bool
}{cells: map[string]bool{}}

func cell(example, language, step string) string { return example + " " + language + " " + step }

func passed(t *testing.T, example, language, step string) {
	if t.Failed() {
		return
	}
	table.Lock()
	defer table.Unlock()
	table.cells[cell(example, language, step)] = true
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	whole := flag.Lookup("test.run").Value.String() == ""
	missing := printTable()
	if code == 0 && whole && missing > 0 {
		fmt.Printf("%d steps of the table did not pass\n", missing)
		code = 1
	}
	os.Exit(code)
}

func printTable() (missing int) {
	fmt.Printf("%-18s %-11s %s\n", "example", "language", strings.Join(steps, "  "))
	names := make([]string, 0, len(examples))
	for name := range examples {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, language := range examples[name] {
			row := fmt.Sprintf("%-18s %-11s ", name, language)
			for _, step := range steps {
				mark := "ok"
				if !table.cells[cell(name, language, step)] {
					mark, missing = "-", missing+1
				}
				row += fmt.Sprintf("%-*s", len(step)+2, mark)
			}
			fmt.Println(row)
		}
	}
	return missing
}

// edits are the changes that a user makes to an example's source, by language:
// one task more, and one endpoint more.
var edits = map[string]struct {
	file            string
	image, tasks    string // the image's line, and what is put after it
	vpc, withOneEnd string // the network, and the same with an endpoint for SQS
}{
	"go": {"main.go", "\t\t\tImage:      pulumi.String(image),\n", "\t\t\tDesiredCount: pulumi.IntRef(3),\n",
		`components.NewIsolatedVpc(ctx, "net", nil)`,
		`components.NewIsolatedVpc(ctx, "net", &components.IsolatedVpcArgs{EndpointServices: []string{` + sevenEndpoints + `}})`},
	"typescript": {"index.ts", "  image,\n});", "  desiredCount: 3,\n",
		`new ecsnet.IsolatedVpc("net")`, `new ecsnet.IsolatedVpc("net", { endpointServices: [` + sevenEndpoints + `] })`},
	"python": {"__main__.py", "    image=image,\n", "    desired_count=3,\n",
		`ecsnet.IsolatedVpc("net")`, `ecsnet.IsolatedVpc("net", endpoint_services=[` + sevenEndpoints + `])`},
	"yaml": {"Pulumi.yaml", "      image: ${image}\n", "      desiredCount: 3\n",
		"type: ecsnet:IsolatedVpc\n", "type: ecsnet:IsolatedVpc\n    properties:\n      endpointServices: [" + sevenEndpoints + "]\n"},
}

const sevenEndpoints = `"logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager", "sqs"`

// newImage is the next version of the sample, in the same repository.
const newImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.1"

// What the edits do: a new image is a new revision of the task definition, which
// AWS cannot change in place; nothing else is ever replaced.
var (
	imageOperations = []operation{
		{"update", "aws:ecs/service:Service", "sample-service"},
		{"replace", "aws:ecs/taskDefinition:TaskDefinition", "sample-task"},
	}
	countOperations    = []operation{{"update", "aws:ecs/service:Service", "sample-service"}}
	endpointOperations = []operation{{"create", "aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoint-sqs"}}
)

func TestIsolatedService(t *testing.T) {
	t.Parallel()
	const example = "isolated-service"
	for _, language := range examples[example] {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram("examples/" + example + "/" + language)
			step := func(name string, run func()) { run(); passed(t, example, language, name) }
			edit := edits[language]

			step("preview", func() {
				for _, o := range p.preview() {
					if o.op != "create" {
						t.Errorf("the first preview means to %s", o)
					}
				}
				a.mustBeEmpty()
			})
			step("up", p.up)
			step("again", p.mustBeSteady)
			step("image", func() {
				p.mustRun("config", "set", "image", newImage)
				p.mustDo(imageOperations...)
				p.up()
			})
			step("count", func() {
				p.edit(edit.file, edit.image, strings.Replace(edit.image, "\n", "\n"+edit.tasks, 1))
				p.mustDo(countOperations...)
				p.up()
			})
			step("endpoint", func() {
				p.edit(edit.file, edit.vpc, edit.withOneEnd)
				p.mustDo(endpointOperations...)
				p.up()
				p.mustBeSteady()
			})
			step("destroy", func() {
				p.destroy()
				a.mustBeEmpty()
			})
		})
	}
}

func TestTwoStacks(t *testing.T) {
	t.Parallel()
	const example = "two-stacks"
	for _, language := range examples[example] {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			dir := "examples/" + example + "/" + language
			network, service := a.newProgram(dir+"/network"), a.newProgram(dir+"/service")
			step := func(name string, run func()) { run(); passed(t, example, language, name) }
			edit := edits[language]

			step("preview", func() {
				network.preview()
				a.mustBeEmpty()
				network.up()
				service.preview()
			})
			step("up", service.up)
			step("again", func() { network.mustBeSteady(); service.mustBeSteady() })
			step("image", func() {
				service.mustRun("config", "set", "image", newImage)
				service.mustDo(imageOperations...)
				service.up()
			})
			step("count", func() {
				service.edit(edit.file, edit.image, strings.Replace(edit.image, "\n", "\n"+edit.tasks, 1))
				service.mustDo(countOperations...)
				service.up()
			})
			step("endpoint", func() {
				network.edit(edit.file, edit.vpc, edit.withOneEnd)
				network.mustDo(endpointOperations...)
				network.up()
				service.mustBeSteady()
			})
			step("destroy", func() {
				service.destroy()
				network.destroy()
				a.mustBeEmpty()
			})
		})
	}
}
