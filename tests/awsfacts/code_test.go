package awsfacts

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// folders hold what the code believes about AWS.
var folders = []string{
	"components", "internal/costplan", "internal/ec2plan", "internal/endpoints", "internal/imageplan", "internal/netfacts", "internal/netplan", "internal/preflight", "internal/taskplan",
}

// held are the literals of the code: constants and variables of a package that
// hold numbers, texts, lists, tables or patterns, by "package.name"; the ranges
// that arguments are checked against, by "components argument"; and the numbers
// from 10 that a function compares with, by "package.function()".
func held(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	add := func(name, value string) {
		if old, ok := all[name]; ok {
			if slices.Contains(strings.Split(old, "; "), value) {
				return
			}
			value = old + "; " + value
		}
		all[name] = value
	}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
		require.NoError(t, err)
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, d := range file.Decls {
				limits := func(name string, in ast.Node) {
					ast.Inspect(in, func(n ast.Node) bool {
						if limit, ok := compared(n); ok {
							add(file.Name.Name+"."+name+"()", limit)
						}
						return true
					})
				}
				if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
					limits(f.Name.Name, f.Body)
				}
				general, ok := d.(*ast.GenDecl)
				if !ok || general.Tok != token.CONST && general.Tok != token.VAR {
					continue
				}
				for _, s := range general.Specs {
					spec := s.(*ast.ValueSpec)
					for i, name := range spec.Names {
						if i < len(spec.Values) {
							limits(name.Name, spec.Values[i])
						}
						if i < len(spec.Values) && name.Name != "_" {
							if value, ok := literal(spec.Values[i]); ok {
								add(file.Name.Name+"."+name.Name, value)
							}
						}
					}
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "checkRange" && len(call.Args) == 5 {
					argument, isText := literal(call.Args[1])
					low, _ := literal(call.Args[3])
					high, isNumber := literal(call.Args[4])
					if isText {
						if !isNumber {
							high = "a constant"
						}
						add("components "+strings.Trim(argument, "`"), low+" to "+high)
					}
				}
				return true
			})
		}
	}
	return all
}

// compared returns the number that an expression compares with.
func compared(n ast.Node) (limit string, ok bool) {
	e, isBinary := n.(*ast.BinaryExpr)
	if !isBinary || !slices.Contains([]token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ}, e.Op) {
		return "", false
	}
	for _, side := range []ast.Expr{e.X, e.Y} {
		if l, isLiteral := side.(*ast.BasicLit); isLiteral && l.Kind == token.INT && len(l.Value) > 1 {
			return strings.ReplaceAll(l.Value, "_", ""), true
		}
	}
	return "", false
}

const root = "../.."

// longest is how many entries of a list are shown.
const longest = 30

// literal writes a literal as a document shows it; false for what is none.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
		return strings.ReplaceAll(e.Value, "_", ""), e.Kind == token.INT || e.Kind == token.FLOAT
	case *ast.UnaryExpr:
		text, ok := literal(e.X)
		return e.Op.String() + text, ok
	case *ast.BinaryExpr:
		x, ok := literal(e.X)
		y, also := literal(e.Y)
		if e.Op == token.ADD && ok && also {
			return x + y, true
		}
		if e.Op == token.SUB && ok { // less what the code needs of it
			return x, true
		}
		return "", false
	case *ast.KeyValueExpr:
		key, _ := literal(e.Key)
		if name, ok := e.Key.(*ast.Ident); ok {
			key = name.Name
		}
		value, ok := literal(e.Value)
		return key + ": " + value, ok
	case *ast.Ident:
		return e.Name, e.Name == "true" || e.Name == "false"
	case *ast.CallExpr: // of a pattern, a prefix or a range of numbers
		var parts []string
		for _, a := range e.Args {
			text, ok := literal(a)
			if !ok {
				return "", false
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, ", "), len(parts) > 0
	case *ast.CompositeLit:
		var parts []string
		for _, x := range e.Elts {
			text, ok := literal(x)
			if !ok {
				if kv, isPair := x.(*ast.KeyValueExpr); isPair {
					text, ok = literal(kv.Key)
				}
			}
			if !ok {
				text = "..."
			}
			parts = append(parts, text)
		}
		if len(parts) > longest {
			return fmt.Sprintf("%d entries", len(parts)), true
		}
		return strings.Join(parts, ", "), len(parts) > 0
	}
	return "", false
}
