// Package docs holds what the README and docs/ say to the code: the programs
// they show, the names, addresses and prices they list.
package docs
