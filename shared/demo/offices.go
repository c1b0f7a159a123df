package demo

import "fmt"

// openOffices gives the city, every county and every township its federation,
// and some villages a 妇女之家, a few of them with 示范 status. Telephone
// numbers begin with a 1 after the area code: no exchange has such ones.
func (c *City) openOffices() error {
	r := stream(c.seed, forOffices)
	for _, region := range c.Regions {
		o := Office{RegionCode: region.Code, Kind: "federation", Name: c.places.short(region.Code) + "妇女联合会"}
		switch region.Level {
		case "city":
			o.Name, o.Address = "鹤壁市妇女联合会", "鹤壁市淇滨区九州路市委办公区"
			o.Latitude, o.Longitude = countySeats[qibin][0], countySeats[qibin][1]
		case "county":
			if region.Code == developing {
				o.Name = "鹤壁经济技术开发区妇女联合会"
			}
			o.Address = c.places.short(region.Code) + "委办公楼"
			if region.Code == developing {
				o.Address = "鹤壁经济技术开发区管委会办公楼"
			}
		case "township":
			o.Name = c.places.short(region.Code) + "妇女联合会"
			o.Address = c.places.full(region.Code) + "便民服务中心"
		case "village":
			if r.IntN(100) >= 8 {
				continue
			}
			o.Kind, o.Name = "home", c.places.short(region.Code)+"妇女之家"
			o.Address = c.places.full(region.Code) + "党群服务中心"
			o.IsVenue = r.IntN(100) < 75
			o.Demonstration = demonstrationOf(r.IntN(100))
		}
		if region.Level != "city" && region.Level != "county" {
			o.Latitude, o.Longitude = c.places.point(region.Code)
		}
		if o.Kind == "federation" {
			o.Phone = fmt.Sprintf("0392-1%06d", 100+len(c.Offices))
			o.IsVenue = region.Level == "township"
		}
		o.ID = newID(c.at(-between(r, 600, 1400), between(r, 9*60, 17*60)), r)
		c.Offices = append(c.Offices, o)
	}
	return nil
}

// demonstrationOf returns the 示范 status of a 妇女之家 by a number below 100.
func demonstrationOf(n int) string {
	switch {
	case n < 3:
		return "province"
	case n < 12:
		return "city"
	case n < 35:
		return "county"
	}
	return ""
}
