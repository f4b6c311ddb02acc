// Package standin is a stand-in for the official `aws` Pulumi provider, for
// tests and demonstrations against a local AWS emulator. It is not a provider
// for an AWS account: it refuses to configure unless every endpoint is a
// loopback address.
//
// It serves the resource types and functions of pulumi-aws v6 that this
// project's components use, under the official names, so that the real Pulumi
// engine can preview, create, refresh, update and destroy them.
//
// What the official provider has of Pulumi's bridge, this one has of it too:
// checking, differencing, automatic names, defaults, the shape of states and
// previews, timeouts. bridge.go makes the bridge's provider, shape.go makes the
// schema of each type from the SDK's own Go types and from a table of rows (see
// [prop]), written from the provider's and AWS's documentation, lifecycle.go
// hands the bridge's calls to the type's functions and values.go translates.
// Ours are AWS's calls (one file a type), the settings (config.go: loopback
// only), the functions, the record of requests, and package cloud below, which
// makes the emulator refuse what AWS refuses.
//
// It reads AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and
// AWS_SECRET_ACCESS_KEY, and for tests:
//
//   - ECSNET_STANDIN_LOG: a file that every AWS request is appended to, one JSON
//     object a line (see [cloud.Request]);
//   - ECSNET_STANDIN_VERSION: another version to report;
//   - ECSNET_STANDIN_TASKS_PENDING=true: no task of an ECS service ever starts.
//   - ECSNET_STANDIN_ROLLBACK=true: every deployment of ECS fails. An update to
//     another task definition succeeds, and the service has the old one again,
//     if its circuit breaker may roll back; another service is updated as ever.
//     The tasks of a service's first deployment stay pending.
//   - ECSNET_STANDIN_GRACE_BY_RESULT=true: a service takes its first load
//     balancer and a health check grace period in one update. Without it the
//     grace period is refused for a service that has no load balancer yet.
//
// To add a type, write a file with its table and its functions, list it in
// table.go and give it a life in the tests, which fail for a row that no test
// edits, for a request that a row names but nothing sends and for a check that
// has no sample. What AWS refuses and the emulator does not belongs into package
// cloud, by API operation.
//
// Differences from the official provider that a test must know:
//
//   - A property without a row is refused, as nobody looked up what becomes of
//     it; the states have it all the same, as the official provider writes it.
//   - Reading a resource keeps the values that the emulator does not store (the
//     rows marked notReadBack); an import of such a resource has AWS's defaults.
//   - A preview refuses what the schemas of the official provider refuse of the
//     properties that have a row (checks.go): limits, patterns and enumerations.
//     It does not refuse what these say of two properties together, such as that
//     a route has exactly one target; AWS refuses that when it is made.
//   - A container definition with a field that AWS does not have is refused; the
//     official provider drops the field in silence.
//   - getRegion takes any region and no endpoint; a tag whose value is "" is kept,
//     as the official provider's source has it.
//   - Two lifecycle policies of a repository are the same if they are so as JSON,
//     whatever the order of lists; the official provider sorts rules and tags, and
//     drops what it does not know.
//   - A resource that is found gone is gone at once; the official provider looks
//     for a deleted ECS service for two minutes.
//   - Nothing is retried: the emulator is consistent, so a dependency that
//     hinders a deletion is an error at once and not after minutes.
//   - A public NAT gateway and an internet-facing load balancer are refused in a
//     subnet without a route to the internet gateway. AWS makes them, and nobody
//     can use them: a program must make that route first.
//   - A stage with a throttling limit of 0 is refused. AWS makes it, and it
//     answers every request with 429.
//   - Instances of an Auto Scaling group start at once and all in its first
//     subnet; ECS does not scale the group. A refresh of the instances is taken
//     note of, and replaces none.
//   - ECS registers each task in Cloud Map, without an address; one that stopped
//     leaves after a minute. Nothing answers behind an API.
//   - The hosted zone of a Cloud Map namespace outlives it in the emulator.
//   - What AWS makes of a NAT gateway's faults a moment later, in the state
//     "failed", is an error of the request here.
package standin
