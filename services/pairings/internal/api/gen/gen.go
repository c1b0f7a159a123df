// Package gen is made from openapi.yaml by `make generate`: the models and the
// strict server interface that internal/api implements. Nothing here is edited.
package gen

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config config.yaml ../../../openapi.yaml
