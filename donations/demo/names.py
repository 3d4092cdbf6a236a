"""Invented names and words of the demo data. None is a real institution's; "Contoh" says so here and there."""

SOCIAL_FIRST = ("Yayasan", "Perkumpulan", "Lembaga", "Rumah", "Dapur", "Gerakan")
SOCIAL_SECOND = (
    "Cahaya Tebet", "Lentera Kampung", "Tangan Tetangga", "Pelita Ciliwung", "Bakul Warga", "Sejuk Angke",
    "Jembatan Rasa",
    "Beras Sekarung", "Melati Krukut", "Sinar Marunda", "Payung Senja", "Akar Rumput Condet", "Peduli Pesisir",
    "Sahabat Rawa", "Lumbung Kota", "Harapan Duren", "Teduh Palmerah", "Embun Cakung",
)  # fmt: skip
FIRM_FIRST = ("PT", "CV", "PT", "Koperasi")
FIRM_SECOND = (
    "Samudra Niaga", "Laju Logistik", "Tirta Rasa Pangan", "Bumi Karya Lestari", "Gemilang Retail", "Mitra Boga",
    "Sentosa Kemas", "Nusa Digital", "Anggur Merah Bangunan", "Arus Energi", "Pilar Semen", "Kertas Jaya Abadi",
    "Roda Kota", "Benang Emas", "Cipta Ruang", "Pangan Rakyat", "Kilau Optik", "Surya Tani",
)  # fmt: skip
COMMUNITY = (
    "Arisan Ibu Melati", "Komunitas Sepeda Pagi", "Alumni SMA Angkatan 98", "Paguyuban Pedagang Pasar Pagi",
    "Karang Taruna Seroja", "Komunitas Kebun Atap", "Ikatan Perantau Pesisir", "Klub Lari Kemang", "Forum Guru Muda",
    "Komunitas Masak Bersama", "Relawan Banjir Timur", "Komunitas Motor Tua", "Warga Rusun Anggrek", "Paguyuban Nelayan",
    "Komunitas Baca Gang", "Arisan RT 05", "Sanggar Tari Cokek",
)  # fmt: skip
GOVERNMENT = (
    "Biro Umum Contoh", "Badan Pelatihan Contoh", "Dinas Contoh Bidang Sosial", "Balai Karya Contoh",
    "Kantor Arsip Contoh",
    "Unit Pengelola Pasar Contoh", "Sekretariat Contoh", "Balai Benih Contoh",
)  # fmt: skip
FIRST_NAMES = (
    "Siti", "Budi", "Rina", "Agus", "Dewi", "Hendra", "Lestari", "Ahmad", "Maria", "Joko", "Yuni", "Rahmat", "Tuti",
    "Eko", "Nurul", "Bambang", "Wulan", "Hasan", "Ratna", "Dedi", "Indah", "Slamet", "Fitri", "Rudi", "Kartika",
)  # fmt: skip
LAST_NAMES = (
    "Contoh", "Santosa Contoh", "Wijaya Contoh", "Hidayat Contoh", "Saputra Contoh", "Lubis Contoh", "Nasution Contoh",
    "Tanjung Contoh", "Halim Contoh", "Siregar Contoh",
)  # fmt: skip
AGGREGATORS = (
    "Amil Kota Contoh", "Palang Kasih Contoh", "Dompet Tetangga Contoh", "Inisiatif Kemanusiaan Contoh",
    "Rumah Amal Contoh", "Aksi Sigap Contoh",
)  # fmt: skip
EXECUTORS = (
    "Logistik Kampung Contoh", "Antar Bantu Contoh", "Relawan Truk Contoh", "Perahu Pulau Contoh", "Kurir Sosial Contoh",
)  # fmt: skip
SITE_NAMES = {
    "orphanage": ("Panti Asuhan", ("Kasih Ibu", "Tunas Harapan", "Mentari", "Bunga Bangsa", "Al-Kautsar", "Putra Setia")),
    "pesantren": ("Pesantren", ("Darul Hikmah", "Nurul Falah", "Al-Ikhlas", "Miftahul Ulum", "Bustanul Arifin")),
    "nursing_home": ("Panti Jompo", ("Tresna Senja", "Budi Luhur", "Wisma Melati", "Bhakti Usia")),
    "disability_home": ("Panti Disabilitas", ("Cahaya Batin", "Bina Netra", "Sahabat Isyarat", "Langkah Baru")),
    "school": ("SMP", ("Tunas Muda", "Pelita Bangsa", "Kartini", "Al-Huda", "Santo Yosef", "Cendekia",
                        "Merdeka", "Bahari")),
    "msme_location": ("Lokasi Binaan", ("Pasar Pagi", "Gang Kuliner", "Taman Jajan", "Pinggir Kali", "Dapur Umum",
                                         "Lapak Sore")),
    "waste_bank": ("Bank Sampah", ("Berkah", "Mawar", "Bersih Sejahtera", "Kenanga", "Asri")),
    "training_centre": ("Balai Latihan", ("Karya Muda", "Terampil", "Mandiri", "Bahari", "Wirausaha")),
}  # fmt: skip
REASONS = {
    "pangan": (
        "Banyak pekerja harian di RW ini kehilangan penghasilan; dapur umum warga hanya sanggup sampai akhir pekan.",
        "Pendataan kelurahan mencatat keluarga yang belum menerima bantuan apa pun sejak awal tahun.",
        "Permukiman padat dekat kali; banjir bulan lalu merusak persediaan pangan.",
        "Sebagian besar warga lansia tinggal sendiri dan bergantung pada kiriman keluarga.",
        "Pabrik tempat warga bekerja mengurangi jam kerja; upah turun sejak tiga bulan lalu.",
    ),
    "pendidikan": (
        "Murid bergantian memakai satu telepon dengan saudara; tugas sering terlambat.",
        "Sekolah belum punya laboratorium komputer; guru mengajar dengan gawai pribadi.",
    ),
    "umkm": (
        "Pedagang di lokasi ini memakai satu keran air untuk dua puluh gerobak.",
        "Pelaku usaha baru meminta pelatihan pembukuan sederhana dan pemasaran.",
    ),
    "permukiman": (
        "Gang sempit tanpa ruang hijau; suhu siang lebih tinggi daripada jalan utama.",
        "Sebagian rumah belum tersambung saluran pembuangan; genangan setiap hujan.",
    ),
    "persampahan": (
        "Warga sudah memilah sampah, tetapi bank sampah belum punya timbangan dan gudang.",
        "Sampah organik menumpuk karena gerobak hanya satu untuk lima RT.",
    ),
    "tenaga-kerja": (
        "Banyak lulusan sekolah menengah belum bekerja lebih dari enam bulan.",
        "Pencari kerja di wilayah ini meminta pelatihan las dan menjahit.",
    ),
}  # fmt: skip
PLACES = (
    "Balai warga",
    "Pos RW",
    "Sekretariat RW",
    "Halaman musala",
    "Aula kelurahan",
    "Taman warga",
    "Gerbang rusun",
)
CAPTIONS = ("Barang sebelum dibagikan", "Penghitungan di tempat serah terima", "Tumpukan di tempat serah terima",
            "Barang diturunkan dari kendaraan")  # fmt: skip
CHANNELS = ("phone", "whatsapp", "email", "visit")
DECLINED = (
    "Jenis bantuan ini sudah dipenuhi pihak lain; kami tawarkan RW di sebelahnya.",
    "Masa simpan barang terlalu dekat dengan tanggal kirim.",
)
CANCELLED = ("Anggaran kami berubah; kami ajukan lagi bulan depan.", "Barang dialihkan ke korban kebakaran.")
REDUCED = "Stok gudang kami kurang sedikit; selebihnya tetap kami kirim."
MOVED = "Balai warga dipakai rapat pagi itu; mohon sore saja."
LAPSED = ("Tiga kali dihubungi tanpa jawaban.", "Kolaborator tidak dapat memenuhi janjinya tahun ini.")
RETURNED = (
    "Jumlah di foto tidak sama dengan yang tertulis. Mohon dihitung ulang.",
    "Foto tidak memperlihatkan barangnya.",
)
DISPUTED = ("Warga melaporkan jumlah yang dibagikan lebih sedikit.",)
FAILED = (
    "Jalan masuk tertutup banjir; truk kembali ke gudang.",
    "Penerima tidak di tempat pada hari pengiriman.",
)
REVISED = (
    "Pendataan ulang dasawisma menambah keluarga penerima.",
    "Sebagian keluarga sudah dibantu kelurahan.",
    "Tanggal diundur karena gudang belum siap.",
)
