// Package costplan says what a network costs in a month: an isolated one that
// reaches AWS services through interface endpoints beside one that leaves
// through NAT gateways, for the same zones and the same traffic.
//
// It counts what AWS charges for the network itself. What does not depend on
// the choice between the two (tasks, logs, data that leaves AWS) is left out.
//
// Amounts are exact: quantities and prices are whole numbers of small units,
// and what is shown is rounded once. The package is pure: no Pulumi, no AWS
// calls, no clock.
package costplan
