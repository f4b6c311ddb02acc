package imageplan

import (
	"encoding/json"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

func files() fstest.MapFS {
	return fstest.MapFS{
		"main.go":              {Data: []byte("package main")},
		"sub/a.txt":            {Data: []byte("a")},
		"node_modules/x/y.js":  {Data: []byte("x")},
		".dockerignore":        {Data: []byte("node_modules\n*.md\n!keep.md\n")},
		"README.md":            {Data: []byte("read me")},
		"keep.md":              {Data: []byte("kept")},
		"node_modules/keep.md": {Data: []byte("not kept")},
	}
}

func tag(t *testing.T, edit func(*Build, fstest.MapFS, map[string]string)) string {
	t.Helper()
	fsys, args := files(), map[string]string{"VERSION": "1"}
	b := Build{Context: fsys, Dockerfile: []byte("FROM scratch"), Platform: "linux/amd64"}
	if edit != nil {
		edit(&b, fsys, args)
	}
	got, err := b.ContentTag(args)
	if err != nil {
		t.Fatal(err)
	}
	if len(CheckTag("tag", got)) > 0 {
		t.Errorf("%q is no tag", got)
	}
	return got
}

// What is built has one tag, and another build another.
func TestContentTag(t *testing.T) {
	t.Parallel()
	first := tag(t, nil)
	same := map[string]func(*Build, fstest.MapFS, map[string]string){
		"again":                func(*Build, fstest.MapFS, map[string]string) {},
		"an ignored file":      func(_ *Build, f fstest.MapFS, _ map[string]string) { f["README.md"].Data = []byte("other") },
		"one more ignored":     func(_ *Build, f fstest.MapFS, _ map[string]string) { f["node_modules/z"] = &fstest.MapFile{} },
		"a socket":             func(_ *Build, f fstest.MapFS, _ map[string]string) { f["s"] = &fstest.MapFile{Mode: fs.ModeSocket} },
		"the group's rights":   func(_ *Build, f fstest.MapFS, _ map[string]string) { f["main.go"].Mode = 0o060 },
		"an empty new folder":  func(_ *Build, f fstest.MapFS, _ map[string]string) { f["empty"] = &fstest.MapFile{Mode: fs.ModeDir} },
		"the ignored's rights": func(_ *Build, f fstest.MapFS, _ map[string]string) { f["README.md"].Mode = 0o700 },
	}
	for name, edit := range same {
		if got := tag(t, edit); got != first {
			t.Errorf("%s makes %s of %s", name, got, first)
		}
	}
	seen := map[string]string{first: "nothing"}
	for name, edit := range map[string]func(*Build, fstest.MapFS, map[string]string){
		"a file's content": func(_ *Build, f fstest.MapFS, _ map[string]string) { f["sub/a.txt"].Data = []byte("b") },
		"a file's name": func(_ *Build, f fstest.MapFS, _ map[string]string) {
			f["sub/b.txt"] = f["sub/a.txt"]
			delete(f, "sub/a.txt")
		},
		"a file taken back":   func(_ *Build, f fstest.MapFS, _ map[string]string) { f["keep.md"].Data = []byte("other") },
		"the right to run it": func(_ *Build, f fstest.MapFS, _ map[string]string) { f["main.go"].Mode = 0o755 },
		"the Dockerfile":      func(b *Build, _ fstest.MapFS, _ map[string]string) { b.Dockerfile = []byte("FROM busybox") },
		"the stage":           func(b *Build, _ fstest.MapFS, _ map[string]string) { b.Target = "test" },
		"the platform":        func(b *Build, _ fstest.MapFS, _ map[string]string) { b.Platform = "linux/arm64" },
		"an argument":         func(_ *Build, _ fstest.MapFS, a map[string]string) { a["VERSION"] = "2" },
		"one more argument":   func(_ *Build, _ fstest.MapFS, a map[string]string) { a["X"] = "" },
		"what is ignored":     func(b *Build, _ fstest.MapFS, _ map[string]string) { b.Ignore = []byte("sub") },
	} {
		got := tag(t, edit)
		if other, ok := seen[got]; ok {
			t.Errorf("%s makes the same tag as %s", name, other)
		}
		seen[got] = name
	}
}

func TestContentTagOfFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	fsys := files()
	fsys[".dockerignore"].Data = []byte("[")
	if got, err := (Build{Context: fsys}).ContentTag(nil); err == nil {
		t.Errorf("a broken .dockerignore makes the tag %s", got)
	}
}

func TestRepositoryNames(t *testing.T) {
	t.Parallel()
	for text, refused := range map[string]bool{
		"app": false, "team/app": false, "a-b_c.d/e1": false, "my--app": false, "a__b": false, "a---b/c__d": false,
		"a___b": true, "a..b": true, "a-_b": true, "a.-b": true, "a": true, "App": true, "-app": true, "app-": true, "a//b": true, "a b": true,
		"": true, strings.Repeat("a", 257): true,
	} {
		if got := len(CheckRepositoryName("", text)) > 0; got != refused {
			t.Errorf("%q: want refused %v, got %v", text, refused, got)
		}
	}
	if !IsRepositoryName("a") || IsRepositoryName("App") {
		t.Error("a name that Pulumi adds to can be short, and not upper case")
	}
}

func TestTagsAndDigests(t *testing.T) {
	t.Parallel()
	for text, refused := range map[string]bool{"1.0": false, "v1_a-b": false, "": true, ".a": true, "a b": true, "a:b": true, strings.Repeat("a", 129): true} {
		if got := len(CheckTag("", text)) > 0; got != refused {
			t.Errorf("tag %q: want refused %v, got %v", text, refused, got)
		}
	}
	digest := "sha256:" + strings.Repeat("0af", 21) + "1"
	for text, refused := range map[string]bool{digest: false, digest[:70]: true, strings.ToUpper(digest): true, "": true} {
		if got := len(CheckDigest("", text)) > 0; got != refused {
			t.Errorf("digest %q: want refused %v, got %v", text, refused, got)
		}
	}
}

// AWS wants the rule for any image last.
func TestLifecyclePolicy(t *testing.T) {
	t.Parallel()
	var got struct {
		Rules []struct {
			RulePriority int
			Selection    map[string]any
		}
	}
	if err := json.Unmarshal([]byte(LifecyclePolicy(3, 7)), &got); err != nil || len(got.Rules) != 2 {
		t.Fatalf("%v %v", got, err)
	}
	want := []map[string]any{
		{"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 3.0},
		{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 7.0},
	}
	for i, r := range got.Rules {
		if r.RulePriority != i+1 || !maps.Equal(r.Selection, want[i]) {
			t.Errorf("rule %d is %v", i, r)
		}
	}
}
