package setup

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/qihe-volunteers/qihe/deployments/compose"
	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// secret is a Secret of Kubernetes, of which the programs' module needs no more than this.
type secret struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Metadata   map[string]string `json:"metadata"`
	StringData map[string]string `json:"stringData"`
}

// Kubernetes does what Prepare does, and writes secrets.json beside it: what
// deployments/kubernetes refers to and does not hold, for `kubectl apply`. The
// databases are at superURL, on a server outside. Each service is told its own, and
// the owner of its tables is known to the job that migrates and to nobody else.
func Kubernetes(folder, host, superURL string) error {
	if superURL == "" {
		return fmt.Errorf("%s is not set", SuperuserURL)
	}
	if err := Prepare(folder, host); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(folder, ".env"))
	if err != nil {
		return err
	}
	ours := names(text)
	secrets := []secret{of("postgres-superuser", map[string]string{SuperuserURL: superURL})}
	for _, program := range append([]string{"portal", "nats"}, Services...) {
		told, err := placesOf(program, ours)
		if err != nil {
			return err
		}
		if _, has := told[strings.ToUpper(program)+"_DATABASE_URL"]; has {
			owner, err := toldWhere(told, program, superURL)
			if err != nil {
				return err
			}
			secrets = append(secrets, owner)
		}
		if program == "nats" { // users.conf asks for everybody's
			maps.Copy(told, ours)
			maps.DeleteFunc(told, func(name, _ string) bool {
				return !strings.HasSuffix(name, "_NATS_PASSWORD") && !strings.HasPrefix(name, "NATS_")
			})
		}
		secrets = append(secrets, of(program, told))
		keys, err := keysOf(filepath.Join(folder, "keys", program))
		if err != nil {
			return err
		}
		if len(keys) > 0 {
			secrets = append(secrets, of(program+"-keys", keys))
		}
	}
	return writeSecrets(folder, secrets)
}

func writeSecrets(folder string, secrets []secret) error {
	list, err := json.MarshalIndent(map[string]any{"apiVersion": "v1", "kind": "List", "items": secrets}, "", "  ")
	if err != nil {
		return err
	}
	return writeOwn(filepath.Join(folder, "secrets.json"), append(list, '\n'))
}

func of(name string, data map[string]string) secret {
	return secret{APIVersion: "v1", Kind: "Secret", Metadata: map[string]string{"name": name}, StringData: data}
}

// placesOf returns what the program's environment file has a place in, filled.
func placesOf(program string, ours map[string]string) (map[string]string, error) {
	text, err := compose.Env.ReadFile("env/" + program + ".env")
	if err != nil {
		return nil, err
	}
	told, missing := map[string]string{}, []error{}
	for name, value := range names(text) {
		if strings.Contains(value, "${") {
			told[name] = os.Expand(value, func(place string) string {
				if ours[place] == "" {
					missing = append(missing, fmt.Errorf("%s: there is no %s", name, place))
				}
				return ours[place]
			})
		}
	}
	return told, errors.Join(missing...)
}

// toldWhere puts in where the service's database is, and returns the owner's part as a secret of its own.
func toldWhere(told map[string]string, service, superURL string) (owner secret, err error) {
	ownerURL, runURL, err := localpg.Addresses(superURL, service, "qihe_"+service)
	if err != nil {
		return secret{}, err
	}
	prefix := strings.ToUpper(service)
	told[prefix+"_DATABASE_URL"] = runURL
	delete(told, prefix+"_OWNER_DATABASE_URL")
	return of(service+"-owner", map[string]string{prefix + "_OWNER_DATABASE_URL": ownerURL}), nil
}

// keysOf returns the files in a service's folder of keys; none, when it has no folder.
func keysOf(folder string) (map[string]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	keys := map[string]string{}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return nil, err
		}
		keys[entry.Name()] = string(content)
	}
	return keys, nil
}

// Keys copies a folder of keys into one of the program's own. A volume that
// Kubernetes makes of a Secret belongs to root, or can be read by a group; the
// programs take no key that anybody but their own user can read.
func Keys(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	copied := 0
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), "..") { // how Kubernetes changes all of them at once
			continue
		}
		content, err := os.ReadFile(filepath.Join(from, entry.Name()))
		if err != nil {
			return err
		}
		if err := wholefile.Write(filepath.Join(to, entry.Name()), content); err != nil {
			return err
		}
		copied++
	}
	if copied == 0 {
		return fmt.Errorf("there is no key in %s", from)
	}
	return nil
}
