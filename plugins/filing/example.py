"""The example of the API description: complete, and about nobody. The numbers are well formed and can belong to no one."""

PLAINTIFF = {
    "role": "plaintiff", "kind": "natural", "name": "甲某某", "sex": "male", "birth_date": "1900-01-01", "nation": "汉族",
    "occupation": "职员", "workplace": "无", "residence": "示例市示例区示例路1号", "phone": "19900000001",
    "id_type": "resident_id", "resident_id": "440100190001010014", "service_address": "示例市示例区示例路1号",
    "service_postcode": "510000", "service_electronic": "19900000001",
}  # fmt: skip
DEFENDANT = {
    "role": "defendant", "kind": "legal", "name": "示例贸易有限公司", "residence": "示例市示例区示例路2号", "phone": "19900000002",
    "credit_code": "91440199TEXT000173", "representative_name": "乙某某", "representative_title": "经理",
}  # fmt: skip
AGENT = {
    "party_name": "甲某某", "kind": "lawyer", "name": "丙某某", "licence_no": "14499201011000001", "firm": "示例律师事务所",
    "phone": "19900000003", "authority": "special", "special_powers": ["settle", "appeal"],
}  # fmt: skip
EXAMPLE = {
    "parties": [PLAINTIFF, DEFENDANT],
    "agents": [AGENT],
    "fee_category": "prop",
    "claim_amount": "128456.78",
    "claims": [
        {"text": "判令被告支付货款128456.78元。", "amount": "128456.78"},
        {"text": "判令被告承担本案诉讼费用。"},
    ],
    "facts": "原告按约交付货物，被告收货后未付款。",
    "evidence_list": [
        {"name": "买卖合同", "source": "原告保存的原件", "purpose": "双方约定的价款和付款时间"}
    ],
    "mediation_consent": True,
    "online_consent": True,
    "e_service_consent": True,
    "e_service_scope": "all",
    "e_service_phone": "19900000001",
    "no_duplicate_suit": True,
}
