// Package imageplan decides about images and the repositories that hold them:
// the tag of what is about to be built, which names ECR takes, and how long a
// repository keeps its images.
//
// It knows no Pulumi and no AWS, and reads no file but through an [io/fs.FS]
// that it is given.
package imageplan
