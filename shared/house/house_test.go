package house_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/shared/house"
)

func TestHas(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "nas": true, "nas.lan": true, "NAS.Local": true, "sms.internal": true, "a.home.arpa": true, "sms.internal.": true,
		"127.0.0.1": true, "10.3.2.1": true, "172.31.0.1": true, "192.168.1.9": true, "::1": true, "fd00::1": true, "169.254.1.1": true, "fe80::1": true,
		"172.32.0.1": false, "8.8.8.8": false, "2400:3200::1": false,
		"sms.example.com": false, "lan.example.com": false, "internal.cn": false, "example.com.": false, "xlan.cn": false,
	} {
		if got := house.Has(host); got != want {
			t.Errorf("Has(%q) = %t", host, got)
		}
	}
}

// What an authority may speak for is of the house, one by one.
func TestNetworks(t *testing.T) {
	t.Parallel()
	for _, network := range house.Networks() {
		if !house.Has(network.IP.String()) {
			t.Errorf("%s is not of the house", network)
		}
	}
	for _, domain := range house.Domains() {
		if !house.Has("nas." + domain) {
			t.Errorf("%s is not of the house", domain)
		}
	}
}
