// A program in an editor, which asks at each comment what may stand there. The
// comment names the type of the schema whose properties it should be offered.
import * as ecsnet from "@ecsnet/ecsnet";

const net = new ecsnet.IsolatedVpc("net", {
  flowLogs: {
    /*FlowLogs*/
  },
});
new ecsnet.FargatePrivateService("api", {
  network: net,
  clusterArn: "apps",
  image: "app:1",
  ingressRules: {
    web: {
      /*Rule*/
    },
  },
  healthCheck: {
    /*HealthCheck*/
  },
  timeouts: {
    /*ServiceTimeouts*/
  },
});
new ecsnet.ApplicationIngress("front", {
  network: net,
  allowFrom: {
    office: {
      /*Peer*/
    },
  },
  accessLogs: {
    /*AccessLogs*/
  },
});
new ecsnet.ContainerImage("app", {
  build: {
    /*ContainerImageBuild*/
  },
});
