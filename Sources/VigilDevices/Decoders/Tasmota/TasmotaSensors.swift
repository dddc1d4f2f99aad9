/// What is known of Tasmota's sensors by their names.
enum TasmotaSensors {
    /// Sensors whose `Temperature` is that of the place where they hang. The chips of meters, clocks and the processor have one as well.
    // Source: arendst/Tasmota tasmota/tasmota_xsns_sensor/ (the drivers' names); tasmota/docs docs/Supported-Peripherals.md.
    static let thermometers = KeyTable(
        [
            "AHT1X", "AHT2X", "AM2301", "AM2320", "AM2321", "BME280", "BME680", "BMP180", "BMP280", "BMP388", "DHT11", "DHT12",
            "DS1624",
            "DS18B20", "DS18S20", "DS1822", "ENS210", "HDC1080", "HDC2010", "HP303B", "HTU21", "HYT", "LM75AD", "LPS35HW", "MCP9808",
            "MS01", "QMP6988", "SCD30", "SCD40", "SCD41", "SEN5X", "SEN6X", "SHT1X", "SHT3X", "SHT4X", "SHTC3", "SI7020", "SI7021",
            "SPL06-007",
            "STCC4", "TC74", "TMP116",
            // Bluetooth: the names of the models.
            "ATC", "CGD1", "CGG1", "LYWSD02", "LYWSD03", "LYWSD03MMC", "MHOC303", "MHOC401", "MJ_HT_V1",
        ].map { (name: $0, entry: true) })

    /// What a DS18B20 reports before it has measured anything: its register after power-on.
    // Source: Analog Devices DS18B20 data sheet, "the power-on reset value of the temperature register is +85 °C".
    static let unmeasuredByDS18 = 85.0
}
