// Command alerts walks through alerts with Prometheus's own parser and engine, where no
// Prometheus runs: it reads the metrics of what it is told, every few seconds, and says
// of each alert of rules.yaml when it waits, when it calls somebody and when it is over.
//
//	cd deployments/alerts && GOWORK=off go run . --portal http://127.0.0.1:8080/metrics --secret FOLDER/keys/internal-secret
//
// So were the playbooks tried (docs/playbooks/README.md). It is a module of its own, outside
// the workspace, so that Prometheus's many dependencies are nobody else's.
package main
