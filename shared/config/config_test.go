package config

import (
	"strings"
	"testing"
)

type settings struct {
	Address string `env:"ADDRESS" envDefault:"127.0.0.1:1"`
	URL     string `env:"URL,required"`
	Secret  string `env:"SECRET,required"`
	Limit   int    `env:"LIMIT"`
}

func TestLoad(t *testing.T) {
	t.Setenv("CONFIGTEST_LIMIT", "many")
	_, err := Load[settings]("CONFIGTEST_")
	if err == nil {
		t.Fatal("two missing settings and a wrong one were accepted")
	}
	for _, name := range []string{"CONFIGTEST_URL", "CONFIGTEST_SECRET", "Limit"} { // all at once, not one per try
		if !strings.Contains(err.Error(), name) {
			t.Errorf("the error does not name %s: %v", name, err)
		}
	}

	t.Setenv("CONFIGTEST_LIMIT", "3")
	t.Setenv("CONFIGTEST_URL", "u")
	t.Setenv("CONFIGTEST_SECRET", "s")
	got, err := Load[settings]("CONFIGTEST_")
	if want := (settings{"127.0.0.1:1", "u", "s", 3}); err != nil || got != want {
		t.Errorf("Load = %+v, %v; want %+v", got, err, want)
	}
}
