//go:build linux

package demo_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMakeDemoEndsWithTheProof: the demo says what its tasks reach, and leaves
// a picture behind and nothing else.
func TestMakeDemoEndsWithTheProof(t *testing.T) {
	began := time.Now()
	d := startDemo(t, "EXAMPLE=examples/isolated-service/yaml")
	d.await(t, regexp.MustCompile(`^Proven: isolated\. The picture of the network: /`))
	require.NoError(t, d.wait(t), "%s", d)

	said := d.String()
	require.Contains(t, said, "from the internet:  closed")
	require.Contains(t, said, "isolated: held")
	require.NotRegexp(t, `\d+ warning`, said, "a warning is counted whose text is not shown")
	lines := strings.Split(strings.TrimSpace(said), "\n")
	_, picture, _ := strings.Cut(lines[len(lines)-1], "The picture of the network: ")
	text, err := os.ReadFile(picture)
	require.NoError(t, err, "the last line names the picture\n%s", said)
	require.Contains(t, string(text), "<svg")
	require.Contains(t, string(text), "10.0.128.0/18", "the picture is of this network")
	info, err := os.Stat(picture)
	require.NoError(t, err)
	require.WithinRange(t, info.ModTime(), began, time.Now(), "the picture is of this run")

	require.Empty(t, d.processes(""), "processes are left\n%s", d)
	require.True(t, d.closed(), "a port is left open\n%s", d)
	left, err := filepath.Glob(filepath.Join(d.temp, "ecsnet-*"))
	require.NoError(t, err)
	require.Empty(t, left, "files are left")
}
