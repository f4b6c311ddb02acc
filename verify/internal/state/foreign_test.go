package state_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// foreign are texts that people take for the state of a stack, and what is said
// of them.
var foreign = map[string]struct{ text, want string }{
	"nothing":                 {"", "it is empty: the command that was to write it may have failed"},
	"blanks":                  {" \r\n\t\n", "it is empty: the command that was to write it may have failed"},
	"a mark alone":            {mark16LE, "it is empty: the command that was to write it may have failed"},
	"null":                    {"null", "it is JSON, and no object"},
	"an empty object":         {"{}", "it is an empty object"},
	"a list":                  {`[{"name":"dev","current":true}]`, "it is JSON, and no object"},
	"a state of Terraform":    {`{"version":4,"terraform_version":"1.9.5","serial":12,"lineage":"3f","outputs":{},"resources":[{"mode":"managed"}]}`, "it is a state or a plan of Terraform, and this tool reads those of Pulumi"},
	"a plan of Terraform":     {`{"format_version":"1.2","terraform_version":"1.9.5","planned_values":{}}`, "it is a state or a plan of Terraform, and this tool reads those of Pulumi"},
	"a program of Terraform":  {"terraform {\n  required_version = \">= 1\"\n}\n", "it is a program of Terraform, and this tool reads stacks of Pulumi"},
	"CloudFormation":          {`{"AWSTemplateFormatVersion":"2010-09-09","Resources":{"V":{"Type":"AWS::EC2::VPC"}}}`, "it is a template of CloudFormation, and this tool reads stacks of Pulumi"},
	"CDK":                     {`{"Resources":{"V":{"Type":"AWS::EC2::VPC"}},"Parameters":{}}`, "it is a template of CloudFormation, and this tool reads stacks of Pulumi"},
	"CloudFormation, YAML":    {"Resources:\n  V:\n    Type: AWS::EC2::VPC\n", "it is a template of CloudFormation, and this tool reads stacks of Pulumi"},
	"a project file":          {"name: shop\nruntime: nodejs\n", "it is a project file, which does not hold the stack"},
	"a project file, JSON":    {`{"name":"shop","runtime":"nodejs"}`, "it is a project file, which does not hold the stack"},
	"a stack's settings":      {"encryptionsalt: v1:abc=\nconfig:\n  aws:region: eu-central-1\n", "it is a stack's settings, which do not hold its resources"},
	"outputs":                 {"Current stack outputs (1):\n    OUTPUT  VALUE\n    url     http://web\n", "it is what `pulumi stack` or `pulumi stack output` prints, which does not hold the resources"},
	"outputs, JSON":           {"{\n  \"url\": \"http://web\",\n  \"vpcId\": \"vpc-1\"\n}\n", "it is an object with url, vpcId, and no stack; what `pulumi stack output` prints does not hold the resources"},
	"outputs, many":           {`{"a":1,"b":1,"c":1,"d":1}`, "it is an object with a, b, c, ..., and no stack; what `pulumi stack output` prints does not hold the resources"},
	"a preview for people":    {"Previewing update (dev)\n\n     Type                 Name      Plan\n +   pulumi:pulumi:Stack  shop-dev  create\n", "it is what `pulumi preview` or `pulumi up` prints for people"},
	"an update for people":    {"Updating (acme/dev)\n\nView Live: https://app.pulumi.com/acme\n", "it is what `pulumi preview` or `pulumi up` prints for people"},
	"an update plan":          {`{"manifest":{},"resourcePlans":{}}`, "it is an update plan, as `pulumi preview --save-plan` writes it, which does not hold the stack"},
	"events":                  {"{\"sequence\":0,\"timestamp\":1,\"preludeEvent\":{\"config\":{}}}\n{\"sequence\":1,\"timestamp\":1,\"resourcePreEvent\":{}}\n", "it is a log of what Pulumi's engine did, as --event-log, `pulumi up --json` and a streamed preview write it"},
	"history":                 {`{"kind":"update","startTime":1,"message":"","result":"succeeded","resourceChanges":{"same":3}}`, "it is a record of a backend's history, which does not hold the stack"},
	"a report":                {`{"services":[],"undecided":[],"notes":[]}`, "it is a report that this tool wrote"},
	"a web page":              {"<!DOCTYPE html>\n<html><title>Sign in</title></html>", "it is a web page, as a proxy or a login may answer"},
	"XML":                     {`<?xml version="1.0"?><Error/>`, "it is XML"},
	"an archive":              {"PK\x03\x04\x14\x00", "it is a ZIP archive; unpack it first"},
	"encrypted":               {"-----BEGIN PGP MESSAGE-----\n", "it is encrypted; decrypt it first"},
	"encrypted by SOPS":       {`{"data":"ENC[AES256_GCM,data:x]","sops":{"version":"3.9.0"}}`, "it is encrypted by SOPS; decrypt it first"},
	"a failure":               {"error: no stack selected; please use `pulumi stack select`\n", "it is the message of a command that failed"},
	"a text":                  {"hello\n", "it is not JSON"},
	"cut short":               {export(named)[:80], "it breaks off in line 1, column 80: it was not written whole"},
	"cut short in a line":     {"{\n  \"version\": 3,\n  \"deployment\": {\n    \"resou", "it breaks off in line 4, column 10: it was not written whole"},
	"cut short, UTF-16":       {mark16LE + in16(export(named)[:80], false), "it breaks off in line 1, column 80: it was not written whole"},
	"cut short after warning": {"warning: old CLI\n" + export(named)[:80], "it breaks off in line 2, column 80: it was not written whole"},
	"a conflict of Git":       {"{\n  \"version\": 3,\n<<<<<<< HEAD\n", "it is not JSON: in line 3, column 1, invalid character '<' looking for beginning of object key string"},
	"two kinds of quotes":     {"{'version': 3}", "it is not JSON: in line 1, column 2, invalid character '\\'' looking for beginning of object key string"},
	"resources of another type": {"{\"version\": 3,\n\"deployment\": {\"resources\": {\"a\": 1}}}",
		"it is not what Pulumi writes of a stack: its deployment.resources is of a wrong type, a JSON object, in line 2, column 29"},
}

// TestForeign holds that a text which is no stack is named, from a file and from
// a stream, and that the error says which commands write one.
func TestForeign(t *testing.T) {
	t.Parallel()
	for name, tt := range foreign {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read(tt.text)
			require.Error(t, err)
			assert.Equal(t, tt.want+"; "+state.Wanted, err.Error())

			document, err := state.Document(strings.NewReader(tt.text))
			if err == nil {
				_, err = read(string(document)) // JSON, and another one
			}
			require.Error(t, err)
			if name != "cut short after warning" { // a stream begins with its document
				assert.Contains(t, err.Error(), tt.want[:min(len(tt.want), 40)])
			}
		})
	}
}

// TestErrorsNameTheDocument holds that of several files the one at fault is
// named.
func TestErrorsNameTheDocument(t *testing.T) {
	t.Parallel()
	_, err := state.Read(strings.NewReader(export(named)), file{bytes.NewReader(nil), "prod.json"})
	require.ErrorContains(t, err, "prod.json: it is empty")
	_, err = state.Read(strings.NewReader(export(named)), strings.NewReader(""))
	require.ErrorContains(t, err, "document 2: it is empty")
}

type file struct {
	io.Reader
	name string
}

func (f file) Name() string { return f.name }
