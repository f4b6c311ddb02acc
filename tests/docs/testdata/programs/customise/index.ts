// A change to one child of a component, from the program that uses it.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

// begin: readme
const vpc = new ecsnet.IsolatedVpc(
  "net",
  {},
  {
    transforms: [
      ({ type, name, props, opts }) => {
        if (type !== "aws:ec2/vpc:Vpc" || name !== "net-vpc") return undefined;
        return { props: { ...props, instanceTenancy: "dedicated" }, opts };
      },
    ],
  },
);
// end: readme

export const vpcId: pulumi.Output<string> = vpc.vpcId;
