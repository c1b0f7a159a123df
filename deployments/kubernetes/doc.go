// Package kubernetes holds Qihe for a cluster: a kustomize base and an overlay for a
// city. Its tests build the overlay with kustomize's own library, read each document
// strictly into Kubernetes' own types, and ask the network policies about every pair
// of pods. No cluster is started there.
package kubernetes
