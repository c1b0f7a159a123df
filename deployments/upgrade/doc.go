// Package upgrade holds what the last release has promised, and its tests compare it
// with what is here now: programs of both must work side by side while a city is
// upgraded (docs/upgrading.md, ADR 89). Events have theirs in shared/contract/released.
//
// At a release `make baseline` writes released anew: the contracts of the services' HTTP
// faces, and each migration by its sum.
package upgrade
