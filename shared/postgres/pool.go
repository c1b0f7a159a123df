package postgres

import (
	"net/url"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// pools are the open databases of this process, for its metrics: in one process
// run several services, and in tests several databases of one name.
var pools = &poolCollector{open: map[*DB]string{}}

func init() { prometheus.MustRegister(pools) }

var (
	poolConnections = prometheus.NewDesc("qihe_database_connections", "Connections of the pool, by what they do.", []string{"database", "state"}, nil)
	poolMost        = prometheus.NewDesc("qihe_database_connections_most", "How many the pool may have.", []string{"database"}, nil)
	poolWaits       = prometheus.NewDesc("qihe_database_waits_total", "How often somebody waited for a connection.", []string{"database"}, nil)
	poolServers     = prometheus.NewDesc("qihe_database_servers", "How many servers keep the database: 1, or a primary and its standby.", []string{"database"}, nil)
	poolCopies      = prometheus.NewDesc("qihe_database_copies", "On how many of them what is committed is: fewer than servers when the standby is away or behind, or commits do not wait for it.", []string{"database"}, nil)
	poolWaited      = prometheus.NewDesc("qihe_database_waited_seconds_total", "How long they waited, all together.", []string{"database"}, nil)
)

type poolCollector struct {
	mu   sync.Mutex
	open map[*DB]string // its name
}

func (c *poolCollector) add(d *DB, address string) {
	name := "unnamed"
	if u, err := url.Parse(Split(address)[0]); err == nil && len(u.Path) > 1 {
		name = strings.TrimPrefix(u.Path, "/")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open[d] = name
}

func (c *poolCollector) remove(d *DB) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.open, d)
}

// Describe names the metrics.
func (c *poolCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{poolConnections, poolMost, poolWaits, poolWaited, poolServers, poolCopies} {
		to <- d
	}
}

// Collect asks the pools, when somebody asks for the metrics.
func (c *poolCollector) Collect(to chan<- prometheus.Metric) {
	type sums struct{ inUse, idle, most, waits, waited, servers, copies float64 }
	all := map[string]sums{}
	c.mu.Lock()
	for d, name := range c.open {
		s, sum := d.db.Stats(), all[name]
		sum.inUse += float64(s.InUse)
		sum.idle += float64(s.Idle)
		sum.most += float64(s.MaxOpenConnections)
		sum.waits += float64(s.WaitCount)
		sum.waited += s.WaitDuration.Seconds()
		sum.servers, sum.copies = d.kept()
		all[name] = sum
	}
	c.mu.Unlock()
	for name, s := range all {
		to <- prometheus.MustNewConstMetric(poolConnections, prometheus.GaugeValue, s.inUse, name, "in_use")
		to <- prometheus.MustNewConstMetric(poolConnections, prometheus.GaugeValue, s.idle, name, "idle")
		to <- prometheus.MustNewConstMetric(poolMost, prometheus.GaugeValue, s.most, name)
		to <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, s.waits, name)
		to <- prometheus.MustNewConstMetric(poolWaited, prometheus.CounterValue, s.waited, name)
		to <- prometheus.MustNewConstMetric(poolServers, prometheus.GaugeValue, s.servers, name)
		to <- prometheus.MustNewConstMetric(poolCopies, prometheus.GaugeValue, s.copies, name)
	}
}

// kept returns by how many servers the database is kept, and how many of them
// have what is committed.
func (d *DB) kept() (servers, copies float64) {
	if d.pair == nil {
		return 1, 1
	}
	d.pair.mu.Lock()
	defer d.pair.mu.Unlock()
	return float64(len(d.pair.sides)), float64(d.pair.copies)
}
