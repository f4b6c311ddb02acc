package requests

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
)

// request is one call to AWS as the stand-in recorded it.
type request struct {
	Operation string
	Input     map[string]any
	URN       string
}

// recorded are the requests of a deployment, in the order of their sending.
type recorded []request

func read(log string) (recorded, error) {
	file, err := os.Open(log)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var out recorded
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, err
		}
		if !reads(r.Operation) {
			out = append(out, r)
		}
	}
	return out, lines.Err()
}

// reads reports whether an operation changes nothing.
func reads(operation string) bool {
	return slices.ContainsFunc([]string{"Describe", "Get", "List"}, func(p string) bool { return strings.HasPrefix(operation, p) })
}

// of returns what was sent for the children of a component. The state says whose
// child a resource is: a name need not begin with its parent's.
func (r recorded) of(component string, parents map[string]string) map[string][]request {
	out := map[string][]request{}
	for _, q := range r {
		if !strings.HasSuffix(parents[q.URN], "::"+component) {
			continue
		}
		parts := strings.Split(q.URN, "::")
		resource := parts[2][strings.LastIndex(parts[2], "$")+1:] + " " + parts[3]
		out[resource] = append(out[resource], q)
	}
	return out
}
