package engine

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// examples are the examples, the languages they are written in, and the steps
// that each goes through in each of them.
var examples = map[string]struct{ languages, steps []string }{
	"isolated-service":   {everyLanguage, []string{"preview", "up", "again", "image", "count", "endpoint", "destroy"}},
	"two-stacks":         {[]string{"typescript", "yaml"}, []string{"preview", "up", "again", "image", "count", "endpoint", "destroy"}},
	"isolated-api":       {everyLanguage, oneStack},
	"isolated-ec2":       {everyLanguage, oneStack},
	"nat-behind-alb":     {everyLanguage, oneStack},
	"payment-worker":     {everyLanguage, oneStack},
	"public-game-server": {everyLanguage, oneStack},
}

var (
	everyLanguage = []string{"go", "typescript", "python", "yaml"}
	oneStack      = []string{"preview", "up", "again", "edit", "destroy"}
)

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
	fmt.Printf("%-18s %-11s %s\n", "example", "language", "steps")
	names := make([]string, 0, len(examples))
	for name := range examples {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, language := range examples[name].languages {
			row := fmt.Sprintf("%-18s %-11s ", name, language)
			for _, step := range examples[name].steps {
				mark := "ok"
				if !table.cells[cell(name, language, step)] {
					mark, missing = "-", missing+1
				}
				row += fmt.Sprintf("%-14s", step+" "+mark)
			}
			fmt.Println(strings.TrimSpace(row))
		}
	}
	return missing
}

// edits are the changes that a user makes to an example's source, by language:
// one task more, and one endpoint more.
var edits = map[string]struct {
	file            string
	image           *regexp.Regexp // the image's line
	tasks           string         // what is put after it
	vpc, withOneEnd string         // the network, and the same with an endpoint for SQS
}{
	"go": {"main.go", regexp.MustCompile(`(?m)^\t\t\tImage: +pulumi\.String\(image\),\n`), "\t\t\tDesiredCount: pulumi.IntRef(3),\n",
		`components.NewIsolatedVpc(ctx, "net", nil)`,
		`components.NewIsolatedVpc(ctx, "net", &components.IsolatedVpcArgs{EndpointServices: []string{` + sevenEndpoints + `}})`},
	"typescript": {"index.ts", regexp.MustCompile(`(?m)^  image,\n`), "  desiredCount: 3,\n",
		`new ecsnet.IsolatedVpc("net")`, `new ecsnet.IsolatedVpc("net", { endpointServices: [` + sevenEndpoints + `] })`},
	"python": {"__main__.py", regexp.MustCompile(`(?m)^    image=image,\n`), "    desired_count=3,\n",
		`ecsnet.IsolatedVpc("net")`, `ecsnet.IsolatedVpc("net", endpoint_services=[` + sevenEndpoints + `])`},
	"yaml": {"Pulumi.yaml", regexp.MustCompile(`(?m)^      image: \$\{image\}\n`), "      desiredCount: 3\n",
		"type: ecsnet:IsolatedVpc\n", "type: ecsnet:IsolatedVpc\n    properties:\n      endpointServices: [" + sevenEndpoints + "]\n"},
}

const sevenEndpoints = `"logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager", "sqs"`

// newImage is the next version of the sample, in the same repository.
const newImage = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.1"

// What the edits do: a new image is a new revision of the task definition, which
// AWS cannot change in place; nothing else is ever replaced.
var (
	imageOperations    = imageOperationsOf("sample")
	countOperations    = []operation{{"update", "aws:ecs/service:Service", "sample-service"}}
	endpointOperations = []operation{{"create", "aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoint-sqs"}}
)

func imageOperationsOf(service string) []operation {
	return []operation{
		{"update", "aws:ecs/service:Service", service + "-service"},
		{"replace", "aws:ecs/taskDefinition:TaskDefinition", service + "-task"},
	}
}

func TestIsolatedService(t *testing.T) {
	t.Parallel()
	const example = "isolated-service"
	for _, language := range examples[example].languages {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram("examples/" + example + "/" + language)
			step := func(name string, run func()) { run(); passed(t, example, language, name) }
			edit := edits[language]

			step("preview", func() {
				p.mustOnlyCreate()
				p.mustBeProven([]string{p.previewed}, proven[example])
			})
			step("up", func() {
				p.up()
				p.mustNameAnywhere()
				p.mustBeProven([]string{p.state()}, proven[example])
			})
			step("again", p.mustBeSteady)
			step("image", func() {
				p.mustRun("config", "set", "image", newImage)
				p.mustDo(imageOperations...)
				p.up()
			})
			step("count", func() {
				p.insert(edit.file, edit.image, edit.tasks)
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
	for _, language := range examples[example].languages {
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
			step("up", func() {
				service.up()
				network.mustNameAnywhere()
				service.mustNameAnywhere()
				service.mustBeProven([]string{network.state(), service.state()}, proven["isolated-service"])
			})
			step("again", func() { network.mustBeSteady(); service.mustBeSteady() })
			step("image", func() {
				service.mustRun("config", "set", "image", newImage)
				service.mustDo(imageOperations...)
				service.up()
			})
			step("count", func() {
				service.insert(edit.file, edit.image, edit.tasks)
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
