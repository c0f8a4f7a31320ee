# Writes basis.csv in the given folder in the ways in which R and its packages write a table.
folder <- commandArgs(TRUE)[1]
setwd(folder)
days <- c("geboortedatum", "statusdatum", "startdatum_plicht", "laatste_examendatum")
texts <- read.csv2("basis.csv", colClasses = "character", na.strings = "", encoding = "UTF-8")

dates <- texts
dates[days] <- lapply(texts[days], as.Date, format = "%Y%m%d")
factors <- dates
words <- c("geslacht", "statuscode", "doelgroep", "gevraagde_nationaliteit", "inkomensbron", "ontheffing_geweigerd")
factors[words] <- lapply(dates[words], factor)
times <- dates
times[days] <- lapply(dates[days], function(day) as.POSIXct(format(day), tz = "UTC"))
numbers <- dates
codes <- c(
  "land_van_herkomst", "gemeentecode", "nationaliteit_1", "nationaliteit_2", "examenonderdelen_behaald", "taaluren"
)
numbers[codes] <- lapply(dates[codes], as.numeric)

write.csv(dates, "write_csv.csv")
write.csv2(dates, "write_csv2.csv")
write.csv2(dates, "write_csv2_norow.csv", row.names = FALSE, na = "")
write.table(dates, "write_table_semicolon.csv", sep = ";")
write.table(dates, "write_table_tab.txt", sep = "\t", quote = FALSE)

data.table::fwrite(dates, "fwrite.csv")
data.table::fwrite(times, "fwrite_time.csv", sep = ";")
data.table::fwrite(numbers, "fwrite_number.csv.gz")

readr::write_csv(times, "readr_csv.csv")
readr::write_csv2(factors, "readr_csv2.csv")
readr::write_tsv(dates, "readr_tsv.tsv")
readr::write_excel_csv2(dates, "readr_excel.csv")

haven::write_sav(dates, "haven.sav")
haven::write_sav(factors, "haven_factor.sav")
haven::write_sav(numbers, "haven_number.sav")
haven::write_sav(times, "haven_time.sav")
haven::write_sav(dates, "haven.zsav", compress = "zsav")
haven::write_dta(dates, "haven.dta")
haven::write_dta(factors, "haven_factor.dta")
haven::write_dta(numbers, "haven_number.dta", version = 13)
haven::write_dta(times, "haven_time.dta")
haven::write_xpt(dates, "haven8.xpt", version = 8)

saveRDS(dates, "frame.rds")
saveRDS(dates, "plain.rds", compress = FALSE)
save(dates, file = "frame.RData")
