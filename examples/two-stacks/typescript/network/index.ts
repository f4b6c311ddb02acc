// The network and the cluster that other stacks share.
import * as ecsnet from "@ecsnet/ecsnet";

const vpc = new ecsnet.IsolatedVpc("net");
const cluster = new ecsnet.EcsCluster("apps");

export const clusterArn = cluster.clusterArn;
export const vpcId = vpc.vpcId;
export const subnetIds = vpc.subnetIds;
export const egress = vpc.egress;
export const endpointServices = vpc.endpointServices;
export const endpointAccess = vpc.endpointAccess;
export const endpointSecurityGroupId = vpc.endpointSecurityGroupId;
export const s3PrefixListId = vpc.s3PrefixListId;
