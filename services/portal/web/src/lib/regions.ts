// The code of the city in the tree of statistical divisions.
export const city = '4106'
