// A program that makes nothing, to know what Pulumi itself takes.
import * as pulumi from "@pulumi/pulumi";

export const stack = pulumi.getStack();
