// The resources of examples/isolated-service with the same names and inputs,
// written by hand as a user without ecsnet would. The benchmark checks that
// they are the same.
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

const region = aws.getRegionOutput().name;
const account = aws.getCallerIdentityOutput().accountId;
const partition = aws.getPartitionOutput().partition;
const zones = aws.getAvailabilityZonesOutput({
  state: "available",
  filters: [
    { name: "opt-in-status", values: ["opt-in-not-required"] },
    { name: "zone-type", values: ["availability-zone"] },
  ],
}).names;

const named = (name: string) => ({ tags: { Name: name } });

// Network.
const vpc = new aws.ec2.Vpc("net-vpc", {
  cidrBlock: "10.0.0.0/16",
  enableDnsSupport: true,
  enableDnsHostnames: true,
  ...named("net-vpc"),
});
new aws.ec2.DefaultSecurityGroup("net-default", {
  vpcId: vpc.id,
  ...named("net-default"),
});
const subnets: aws.ec2.Subnet[] = [];
const routeTables: aws.ec2.RouteTable[] = [];
const ready: pulumi.Resource[] = [];
for (const [i, letter, cidrBlock] of [
  [0, "a", "10.0.128.0/18"],
  [1, "b", "10.0.192.0/18"],
] as const) {
  const name = `net-private-${letter}`;
  const subnet = new aws.ec2.Subnet(name, {
    vpcId: vpc.id,
    availabilityZone: zones[i],
    cidrBlock,
    ...named(name),
  });
  const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id, ...named(name) });
  ready.push(
    new aws.ec2.RouteTableAssociation(name, {
      subnetId: subnet.id,
      routeTableId: table.id,
    }),
  );
  subnets.push(subnet);
  routeTables.push(table);
}
const endpointGroup = new aws.ec2.SecurityGroup("net-endpoints", {
  vpcId: vpc.id,
  description: "Interface endpoints of a network",
  ...named("net-endpoints"),
});
const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
ready.push(
  new aws.vpc.SecurityGroupIngressRule("net-endpoints-self", {
    securityGroupId: endpointGroup.id,
    referencedSecurityGroupId: endpointGroup.id,
    description: "HTTPS from members of this group",
    ...https,
    ...named("net-endpoints-self"),
  }),
);
const s3 = new aws.ec2.VpcEndpoint("net-endpoint-s3", {
  vpcId: vpc.id,
  vpcEndpointType: "Gateway",
  serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
  routeTableIds: routeTables.map((t) => t.id),
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EcrLayers",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
      },
    ],
  }),
  ...named("net-endpoint-s3"),
});
ready.push(s3);
for (const service of [
  "logs",
  "ssm",
  "ssmmessages",
  "ecr.api",
  "ecr.dkr",
  "secretsmanager",
]) {
  const name = `net-endpoint-${service}`;
  ready.push(
    new aws.ec2.VpcEndpoint(name, {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
      subnetIds: subnets.map((s) => s.id),
      securityGroupIds: [endpointGroup.id],
      privateDnsEnabled: true,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ThisAccount",
            Effect: "Allow",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringEquals: { "aws:PrincipalAccount": account } },
          },
        ],
      }),
      ...named(name),
    }),
  );
}

// Cluster.
const execLog = new aws.cloudwatch.LogGroup("apps-exec", {
  retentionInDays: 30,
  ...named("apps-exec"),
});
const cluster = new aws.ecs.Cluster("apps-cluster", {
  settings: [{ name: "containerInsights", value: "enabled" }],
  configuration: {
    executeCommandConfiguration: {
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: execLog.name },
    },
  },
  ...named("apps-cluster"),
});
new aws.ecs.ClusterCapacityProviders("apps-capacity", {
  clusterName: cluster.name,
  capacityProviders: ["FARGATE", "FARGATE_SPOT"],
});
const taskTrust = pulumi.jsonStringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Action: ["sts:AssumeRole"],
      Condition: {
        ArnLike: {
          "aws:SourceArn": pulumi.interpolate`arn:${partition}:ecs:${region}:${account}:*`,
        },
        StringEquals: { "aws:SourceAccount": account },
      },
    },
  ],
});
const role = (name: string) =>
  new aws.iam.Role(name, {
    assumeRolePolicy: taskTrust,
    path: "/",
    ...named(name),
  });
new aws.iam.RolePolicyAttachment("apps-execution", {
  role: role("apps-execution").name,
  policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
});

// Service.
const logGroup = new aws.cloudwatch.LogGroup("sample-logs", {
  retentionInDays: 30,
  ...named("sample-logs"),
});
const executionRole = role("sample-execution");
const executionPolicy = new aws.iam.RolePolicy("sample-execution", {
  role: executionRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EcrLogin",
        Effect: "Allow",
        Action: ["ecr:GetAuthorizationToken"],
        Resource: ["*"],
      },
      {
        Sid: "EcrPull",
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
        ],
        Resource: [
          pulumi.interpolate`arn:${partition}:ecr:${region}:${account}:repository/sample`,
        ],
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [pulumi.interpolate`${logGroup.arn}:*`],
      },
    ],
  }),
});
const taskRole = role("sample-task");
const group = new aws.ec2.SecurityGroup("sample-tasks", {
  vpcId: vpc.id,
  description: "ECS tasks",
  ...named("sample-tasks"),
});
const toEndpoints = new aws.vpc.SecurityGroupEgressRule("sample-to-endpoints", {
  securityGroupId: group.id,
  referencedSecurityGroupId: endpointGroup.id,
  description: "HTTPS to the interface endpoints",
  ...https,
  ...named("sample-to-endpoints"),
});
const intoEndpoints = new aws.vpc.SecurityGroupIngressRule(
  "sample-into-endpoints",
  {
    securityGroupId: endpointGroup.id,
    referencedSecurityGroupId: group.id,
    description: "HTTPS from the ECS service sample",
    ...https,
    ...named("sample-into-endpoints"),
  },
);
const toS3 = new aws.vpc.SecurityGroupEgressRule("sample-to-s3", {
  securityGroupId: group.id,
  prefixListId: s3.prefixListId,
  description: "HTTPS to S3, for the image layers of ECR",
  ...https,
  ...named("sample-to-s3"),
});
const task = new aws.ecs.TaskDefinition("sample-task", {
  family: `${pulumi.getStack()}-sample`,
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  runtimePlatform: {
    operatingSystemFamily: "LINUX",
    cpuArchitecture: "X86_64",
  },
  executionRoleArn: executionRole.arn,
  taskRoleArn: taskRole.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "sample",
      image,
      essential: true,
      cpu: 256,
      memory: 512,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroup.name,
          "awslogs-region": region,
          "awslogs-stream-prefix": "sample",
          "max-buffer-size": "25m",
          mode: "non-blocking",
        },
      },
    },
  ]),
  ...named("sample-task"),
});
const service = new aws.ecs.Service(
  "sample-service",
  {
    cluster: cluster.arn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    desiredCount: 2,
    networkConfiguration: {
      subnets: subnets.map((s) => s.id),
      securityGroups: [group.id],
      assignPublicIp: false,
    },
    deploymentMinimumHealthyPercent: 75,
    deploymentMaximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    enableExecuteCommand: false,
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    waitForSteadyState: true,
    ...named("sample-service"),
  },
  {
    dependsOn: [
      ...ready,
      logGroup,
      executionPolicy,
      toEndpoints,
      intoEndpoints,
      toS3,
    ],
    customTimeouts: { create: "20m", update: "20m", delete: "20m" },
  },
);

export const vpcId = vpc.id;
export const clusterName = cluster.name;
export const serviceName = service.name;
