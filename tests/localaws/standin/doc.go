// Package standin is a stand-in for the official `aws` Pulumi provider, for
// tests and demonstrations against a local AWS emulator. It is not a provider
// for an AWS account: it refuses to configure unless every endpoint is a
// loopback address.
//
// It serves the resource types and functions of pulumi-aws v6 that this
// project's components use, under the official names, so that the real Pulumi
// engine can preview, create, refresh, update and destroy them. What the
// official provider does with each property stands in one table per type (see
// [prop]), written from the provider's and AWS's documentation. Package cloud
// below it makes the emulator refuse what AWS refuses.
//
// Differences from the official provider that a test must know:
//
//   - Reading a resource keeps the values that the emulator does not store (the
//     rows marked notReadBack); an import of such a resource has AWS's defaults.
//   - Nothing is retried: the emulator is consistent, so a dependency that
//     hinders a deletion is an error at once and not after minutes.
package standin
