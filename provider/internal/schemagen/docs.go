package schemagen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Docs are the doc comments of a package's types and functions, by name.
type Docs map[string]*Doc

// Doc is what the source says about one type or function.
type Doc struct {
	// Text of its own comment.
	Text string
	// Fields holds the comment of every field of a struct, by field name.
	Fields map[string]string
	// Consts of this type, in the order of the source.
	Consts []Const
}

// Const is one string constant of a named type.
type Const struct {
	Name, Value, Text string
}

// ReadDocs parses the Go files of one directory, tests left out.
func ReadDocs(dir string) (Docs, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, &fs.PathError{Op: "read docs", Path: dir, Err: fs.ErrNotExist}
	}
	docs, same := Docs{}, map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.GenDecl:
				docs.read(decl, same)
			case *ast.FuncDecl:
				if decl.Recv == nil {
					docs.of(decl.Name.Name).Text = text(decl.Doc)
				}
			}
		}
	}
	for name, other := range same {
		docs.of(name).Fields = docs.of(other).Fields
	}
	return docs, nil
}

func (d Docs) of(name string) *Doc {
	if d[name] == nil {
		d[name] = &Doc{Fields: map[string]string{}}
	}
	return d[name]
}

// text returns the comment of a type or a function, "" when there is none.
func (d Docs) text(name string) string {
	if doc := d[name]; doc != nil {
		return doc.Text
	}
	return ""
}

// read takes the comments of one declaration. A type that is defined by another
// ("type A B") has the fields of that one: same collects them, for the end.
func (d Docs) read(decl *ast.GenDecl, same map[string]string) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			d.of(spec.Name.Name).Text = text(spec.Doc, decl.Doc)
			switch of := spec.Type.(type) {
			case *ast.StructType:
				d.readFields(spec.Name.Name, of)
			case *ast.Ident:
				same[spec.Name.Name] = of.Name
			}
		case *ast.ValueSpec:
			d.readConsts(decl, spec)
		}
	}
}

func (d Docs) readFields(typeName string, s *ast.StructType) {
	for _, field := range s.Fields.List {
		for _, name := range field.Names {
			d.of(typeName).Fields[name.Name] = text(field.Doc, field.Comment)
		}
	}
}

func (d Docs) readConsts(decl *ast.GenDecl, spec *ast.ValueSpec) {
	typeName, ok := spec.Type.(*ast.Ident)
	if decl.Tok != token.CONST || !ok {
		return
	}
	for i, name := range spec.Names {
		if i >= len(spec.Values) || !name.IsExported() {
			continue
		}
		literal, ok := spec.Values[i].(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			continue
		}
		value, err := strconv.Unquote(literal.Value)
		if err != nil {
			continue
		}
		doc := d.of(typeName.Name)
		doc.Consts = append(doc.Consts, Const{Name: name.Name, Value: value, Text: text(spec.Doc, spec.Comment)})
	}
}

// docLink is Go's [Name] or [pkg.Name], which other languages print as it is.
var docLink = regexp.MustCompile(`\[(\*?[A-Za-z]\w*(?:\.\w+)*)\]`)

// text returns the first comment there is, without Go's doc links.
func text(groups ...*ast.CommentGroup) string {
	for _, group := range groups {
		if group == nil {
			continue
		}
		return docLink.ReplaceAllString(strings.TrimSpace(group.Text()), "$1")
	}
	return ""
}

// splitDeprecated takes the paragraph that Go marks with "Deprecated: " out of
// a comment.
func splitDeprecated(doc string) (description, message string) {
	var kept []string
	for _, paragraph := range strings.Split(doc, "\n\n") {
		if rest, ok := strings.CutPrefix(paragraph, "Deprecated: "); ok {
			message = strings.Join(strings.Fields(rest), " ")
			continue
		}
		kept = append(kept, paragraph)
	}
	return strings.Join(kept, "\n\n"), message
}
