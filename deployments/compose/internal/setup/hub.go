package setup

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

// HubDatabase is what a hub's database is called.
const HubDatabase = "qihe_hub"

// city is one of a hub's: the code under which it tells, and what the page calls it.
type city struct{ code, name string }

var plainCode = regexp.MustCompile(`^\d{2,12}$`)

func citiesOf(args []string) (cities []city, err error) {
	for _, arg := range args {
		code, name, _ := strings.Cut(arg, ":")
		if !plainCode.MatchString(code) || name == "" || strings.ContainsAny(name, ":,$\n\"'") {
			return nil, fmt.Errorf("城市要写成 410600:鹤壁市，不能是 a city is code:name, and not %q", arg)
		}
		cities = append(cities, city{code, name})
	}
	return cities, nil
}

// Hub makes what a hub of these cities (410600:鹤壁市) needs: passwords in .env, where what
// is there stays, and from them and the cities gen/, of which nothing stays: further cities
// join, others leave, by naming all that there are.
func Hub(folder, host string, args []string) error {
	cities, err := citiesOf(args)
	if err != nil {
		return err
	}
	if err := complete(filepath.Join(folder, ".env"), func(had map[string]string) ([]string, error) { return hubLacks(had, host, cities) }); err != nil {
		return err
	}
	told, err := hubTold(folder, cities)
	if err != nil {
		return err
	}
	for _, kept := range []string{"gen", "state/caddy"} {
		if err := os.MkdirAll(filepath.Join(folder, kept), 0o700); err != nil {
			return err
		}
	}
	if err := likeFolder(filepath.Join(folder, "gen")); err != nil {
		return err
	}
	var bus strings.Builder
	for _, c := range cities {
		fmt.Fprintf(&bus, "%s=%s\n", c.variable(), told[c.variable()])
	}
	for name, text := range map[string]string{"hub.env": "HUB_CITIES=" + told["HUB_CITIES"] + "\n", "nats.env": bus.String(), "cities.conf": citiesConf(cities)} {
		if err := writeOwn(filepath.Join(folder, "gen", name), []byte(text)); err != nil {
			return err
		}
	}
	for _, theirs := range []string{"gen/cities.conf", "state"} { // read and written in containers
		if err := giveAway(filepath.Join(folder, theirs)); err != nil {
			return err
		}
	}
	return nil
}

func (c city) variable() string { return "CITY_" + c.code + "_PASSWORD" }

func hubLacks(had map[string]string, host string, cities []city) ([]string, error) {
	lines, add := notThere(had)
	super := superuser(had)
	_, run, err := localpg.Addresses(besides(super), "hub", HubDatabase)
	if err != nil {
		return nil, err
	}
	add("QIHE_HOST", host)
	add("POSTGRES_PASSWORD", super)
	add("HUB_DATABASE_PASSWORD", passwordIn(run))
	add("HUB_NATS_PASSWORD", busPassword())
	for _, c := range cities {
		add(c.variable(), busPassword())
	}
	return *lines, nil
}

// hubTold returns what stands in .env, and the cities as the hub is told them.
func hubTold(folder string, cities []city) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, ".env"))
	if err != nil {
		return nil, err
	}
	told, all := names(text), []string{}
	for _, c := range cities {
		all = append(all, c.code+":"+c.name)
	}
	told["HUB_CITIES"] = strings.Join(all, ",")
	return told, nil
}

// citiesConf is deployments/hub/nats/cities.conf for these cities.
func citiesConf(cities []city) string {
	var text strings.Builder
	text.WriteString(`# Who may connect to the hub. A city says its figures under its own name only, answers what it is asked for, and hears
# nothing but what it is asked for. One entry for each city.
users: [
  { user: hub, password: $HUB_NATS_PASSWORD, allowed_connection_types: ["STANDARD"] }
`)
	for _, c := range cities {
		text.WriteString(strings.NewReplacer("CODE", c.code, "$PASSWORD", "$"+c.variable()).Replace(`
  {
    user: "city-CODE", password: $PASSWORD, allowed_connection_types: ["LEAFNODE", "LEAFNODE_WS"]
    permissions {
      publish { allow: ["cell.CODE.deliver.>", "$JSC.R.>"] }
      subscribe { allow: ["cell.CODE.api.>", "$JS.FC.HOURS.>"] }
    }
  }
`))
	}
	text.WriteString("]\n")
	return text.String()
}

// HubKubernetes does what Hub does, and writes secrets.json beside it, for
// deployments/kubernetes/overlays/hub; PostgreSQL is at superURL.
func HubKubernetes(folder, host, superURL string, args []string) error {
	if superURL == "" {
		return fmt.Errorf("%s is not set", SuperuserURL)
	}
	if err := Hub(folder, host, args); err != nil {
		return err
	}
	cities, err := citiesOf(args)
	if err != nil {
		return err
	}
	told, err := hubTold(folder, cities)
	if err != nil {
		return err
	}
	_, run, err := localpg.Addresses(superURL, "hub", HubDatabase)
	if err != nil {
		return err
	}
	bus := map[string]string{"HUB_NATS_PASSWORD": told["HUB_NATS_PASSWORD"]}
	for _, c := range cities {
		bus[c.variable()] = told[c.variable()]
	}
	return writeSecrets(folder, []secret{
		of("postgres-superuser", map[string]string{SuperuserURL: superURL}),
		of("hub", map[string]string{"HUB_DATABASE_URL": run, "HUB_NATS_URL": "nats://hub:" + told["HUB_NATS_PASSWORD"] + "@nats:4222", "HUB_CITIES": told["HUB_CITIES"]}),
		of("nats", bus),
		of("nats-cities", map[string]string{"cities.conf": citiesConf(cities)}),
	})
}
