// Package config reads a service's settings from the environment.
package config

import (
	"fmt"
	"os"

	"github.com/caarlos0/env/v11"
)

// Load fills a struct from environment variables by its `env` tags, each
// prefixed with the service's name: Load[Config]("TASKS_") reads
// TASKS_DATABASE_URL for `env:"DATABASE_URL,required"`. The error names every
// setting that is missing or wrong, not only the first.
func Load[T any](prefix string) (T, error) { return LoadFrom[T](prefix, nil) }

// LoadFrom is Load from a given environment; nil is the process's own.
func LoadFrom[T any](prefix string, environment map[string]string) (T, error) {
	cfg, err := env.ParseAsWithOptions[T](env.Options{Prefix: prefix, Environment: environment})
	if err != nil {
		return cfg, fmt.Errorf("settings: %w", err)
	}
	return cfg, nil
}

// MustLoad is Load for a main function: it reports what is wrong and exits with status 2.
func MustLoad[T any](prefix string) T {
	cfg, err := Load[T](prefix)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return cfg
}
