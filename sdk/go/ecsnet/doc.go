// Private networks for Amazon ECS and the services that run in them.
package ecsnet
